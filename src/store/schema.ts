/** The tables and views of the archive, one migration after another; `user_version` counts them. */

/**
 * Migration 1. Bytes live once in `payload` and are never updated; a capture points at them; documents and their versions are
 * derived and can be made again. JSON columns hold what nobody queries by. `decoded_text` is null where nothing was repaired: it is `text`.
 * `listed` holds the reports that a page of a list names, by the address of the page; `list` is made of it.
 * `facts_sha256` seals what was derived (seal.ts). The unique index of the ledger tells agencies of one name apart by their codes.
 */
const TABLES = `
CREATE TABLE portal (
  portal_id TEXT PRIMARY KEY, code TEXT, province TEXT, city TEXT, county TEXT, agency TEXT, level TEXT,
  home TEXT, columns TEXT NOT NULL, platform TEXT NOT NULL, render TEXT NOT NULL, charset TEXT, delay_seconds REAL,
  enabled INTEGER NOT NULL, note TEXT, source_file TEXT, source_line INTEGER,
  first_seen TEXT NOT NULL, last_seen TEXT NOT NULL
) STRICT;

CREATE TABLE run (
  run_id INTEGER PRIMARY KEY, command TEXT NOT NULL, places TEXT NOT NULL, started_at TEXT NOT NULL, finished_at TEXT,
  outcome TEXT NOT NULL, portals INTEGER NOT NULL DEFAULT 0, requests INTEGER NOT NULL DEFAULT 0,
  captures INTEGER NOT NULL DEFAULT 0, transfer_bytes INTEGER NOT NULL DEFAULT 0,
  new_reports INTEGER NOT NULL DEFAULT 0, changed_reports INTEGER NOT NULL DEFAULT 0,
  config_sha256 TEXT NOT NULL, tool_version TEXT NOT NULL, previous_run_sha256 TEXT, run_sha256 TEXT
) STRICT;

CREATE TABLE alarm (
  alarm_id INTEGER PRIMARY KEY, kind TEXT NOT NULL, key TEXT NOT NULL, portal_id TEXT, document_id TEXT, agency TEXT, code TEXT, year INTEGER, url TEXT, facts TEXT NOT NULL,
  raised_run_id INTEGER NOT NULL, raised_at TEXT NOT NULL, ended_run_id INTEGER, ended_at TEXT
) STRICT;
CREATE UNIQUE INDEX alarm_open ON alarm (kind, key) WHERE ended_run_id IS NULL;
CREATE INDEX alarm_of_run ON alarm (raised_run_id);

CREATE TABLE payload (
  sha256 TEXT PRIMARY KEY, size INTEGER NOT NULL, coding TEXT NOT NULL CHECK (coding IN ('identity', 'gzip')), bytes BLOB NOT NULL
) STRICT;

CREATE TABLE capture (
  capture_id INTEGER PRIMARY KEY, run_id INTEGER REFERENCES run, portal_id TEXT REFERENCES portal, candidate_id INTEGER,
  url TEXT NOT NULL, final_url TEXT NOT NULL, kind TEXT NOT NULL, status INTEGER, outcome TEXT NOT NULL, reason TEXT NOT NULL,
  detail TEXT, media_type TEXT, payload_sha256 TEXT REFERENCES payload (sha256), payload_bytes INTEGER,
  transfer_bytes INTEGER NOT NULL DEFAULT 0, headers TEXT NOT NULL, redirects TEXT NOT NULL, fetched_at TEXT NOT NULL,
  duration_ms INTEGER NOT NULL, via TEXT NOT NULL, remote_address TEXT, robots TEXT,
  heard_via TEXT, hops INTEGER, referrer TEXT, anchor TEXT, listed_on TEXT,
  revisit_of INTEGER REFERENCES capture (capture_id), revisit_profile TEXT, notices TEXT NOT NULL DEFAULT '[]'
) STRICT;
CREATE INDEX capture_run ON capture (run_id);
CREATE INDEX capture_url ON capture (url, capture_id);
CREATE INDEX capture_payload ON capture (payload_sha256);
CREATE INDEX capture_portal ON capture (portal_id, capture_id);

CREATE TABLE underived (
  capture_id INTEGER PRIMARY KEY REFERENCES capture, failed_with TEXT, failed_derivation TEXT
) STRICT;

CREATE TABLE reading (
  capture_id INTEGER NOT NULL REFERENCES capture, portal_id TEXT NOT NULL, run_id INTEGER, page_kind TEXT NOT NULL, family TEXT NOT NULL,
  rows INTEGER, report_rows INTEGER, total INTEGER, pages INTEGER, stop TEXT, found INTEGER NOT NULL, notices TEXT NOT NULL,
  PRIMARY KEY (capture_id, portal_id)
) STRICT;
CREATE INDEX reading_portal ON reading (portal_id, run_id);

CREATE TABLE listed (
  portal_id TEXT NOT NULL, page TEXT NOT NULL, url_key TEXT NOT NULL, PRIMARY KEY (portal_id, page, url_key)
) STRICT, WITHOUT ROWID;

CREATE TABLE candidate (
  candidate_id INTEGER PRIMARY KEY, portal_id TEXT NOT NULL REFERENCES portal, url TEXT NOT NULL, url_key TEXT NOT NULL,
  host_key TEXT NOT NULL, kind TEXT NOT NULL, heard_via TEXT NOT NULL, hops INTEGER NOT NULL, referrer TEXT, anchor TEXT, listed_on TEXT,
  priority INTEGER NOT NULL, state TEXT NOT NULL CHECK (state IN ('waiting', 'captured', 'skipped', 'failed')), reason TEXT, detail TEXT,
  attempts INTEGER NOT NULL DEFAULT 0, due_at INTEGER NOT NULL,
  last_capture_id INTEGER REFERENCES capture (capture_id), etag TEXT, last_modified TEXT, payload_sha256 TEXT,
  unchanged INTEGER NOT NULL DEFAULT 0, first_seen TEXT NOT NULL, last_seen TEXT NOT NULL, last_run_id INTEGER,
  UNIQUE (portal_id, url_key)
) STRICT;
CREATE INDEX candidate_turn ON candidate (state, host_key, priority, candidate_id);
CREATE INDEX candidate_due ON candidate (due_at);
CREATE INDEX candidate_key ON candidate (url_key);

CREATE TABLE host (
  host_key TEXT PRIMARY KEY, next_due_at INTEGER NOT NULL DEFAULT 0, crawl_delay_seconds REAL, robots TEXT, robots_expires_at INTEGER NOT NULL DEFAULT 0,
  failures INTEGER NOT NULL DEFAULT 0, resting_until INTEGER NOT NULL DEFAULT 0, reason TEXT
) STRICT;

CREATE TABLE document (
  document_id TEXT PRIMARY KEY, portal_id TEXT REFERENCES portal, url TEXT NOT NULL, url_key TEXT NOT NULL UNIQUE,
  kind TEXT NOT NULL, current_version INTEGER NOT NULL, grade TEXT, first_seen TEXT NOT NULL, last_seen TEXT NOT NULL,
  first_run_id INTEGER, removed_at TEXT, removed_run_id INTEGER, facts_sha256 TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE INDEX document_portal ON document (portal_id);

CREATE TABLE version (
  document_id TEXT NOT NULL REFERENCES document, version INTEGER NOT NULL, run_id INTEGER, capture_id INTEGER NOT NULL REFERENCES capture,
  raw_sha256 TEXT NOT NULL, text_sha256 TEXT NOT NULL, folded_sha256 TEXT NOT NULL, captured_at TEXT NOT NULL, derivation TEXT NOT NULL,
  kind TEXT NOT NULL, title TEXT, agency TEXT, agency_from TEXT, code TEXT, province TEXT, city TEXT, county TEXT, level TEXT,
  year INTEGER, year_from TEXT, period_start TEXT, period_end TEXT, published_on TEXT, format_era TEXT,
  legal_basis TEXT NOT NULL, charset TEXT NOT NULL, extraction TEXT NOT NULL, decoded_text TEXT, text TEXT NOT NULL,
  sections TEXT NOT NULL, statements TEXT NOT NULL DEFAULT '[]', metadata TEXT, attachments TEXT NOT NULL, fingerprint BLOB NOT NULL, notices TEXT NOT NULL,
  facts_sha256 TEXT NOT NULL DEFAULT '',
  PRIMARY KEY (document_id, version)
) STRICT;
CREATE INDEX version_folded ON version (folded_sha256);
CREATE INDEX version_raw ON version (raw_sha256);
CREATE INDEX version_agency ON version (agency, year);

CREATE TABLE repair (
  document_id TEXT NOT NULL, version INTEGER NOT NULL, ordinal INTEGER NOT NULL, step TEXT NOT NULL, start INTEGER NOT NULL,
  "end" INTEGER NOT NULL, before TEXT NOT NULL, after TEXT NOT NULL, method TEXT NOT NULL, confidence REAL NOT NULL,
  PRIMARY KEY (document_id, version, ordinal),
  FOREIGN KEY (document_id, version) REFERENCES version ON DELETE CASCADE
) STRICT, WITHOUT ROWID;

CREATE TABLE cell (
  document_id TEXT NOT NULL, version INTEGER NOT NULL, table_id TEXT NOT NULL, row_key TEXT NOT NULL, column_key TEXT NOT NULL,
  raw TEXT NOT NULL, value REAL, state TEXT NOT NULL, place TEXT,
  PRIMARY KEY (document_id, version, table_id, row_key, column_key),
  FOREIGN KEY (document_id, version) REFERENCES version ON DELETE CASCADE
) STRICT, WITHOUT ROWID;

CREATE TABLE rule_check (
  document_id TEXT NOT NULL, version INTEGER NOT NULL, rule TEXT NOT NULL, state TEXT NOT NULL, expected REAL, actual REAL,
  PRIMARY KEY (document_id, version, rule),
  FOREIGN KEY (document_id, version) REFERENCES version ON DELETE CASCADE
) STRICT, WITHOUT ROWID;

CREATE TABLE duplicate (
  document_id TEXT NOT NULL REFERENCES document, other_document_id TEXT NOT NULL REFERENCES document,
  kind TEXT NOT NULL CHECK (kind IN ('raw', 'text', 'near')), similarity REAL NOT NULL,
  PRIMARY KEY (document_id, other_document_id), CHECK (document_id < other_document_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE band (
  band TEXT NOT NULL, document_id TEXT NOT NULL, PRIMARY KEY (band, document_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX band_document ON band (document_id);

CREATE TABLE ledger (
  code TEXT, agency TEXT NOT NULL, year INTEGER NOT NULL, state TEXT NOT NULL, document_id TEXT, due_on TEXT NOT NULL,
  published_on TEXT, days_late INTEGER, evidence TEXT NOT NULL
) STRICT;
CREATE UNIQUE INDEX ledger_agency ON ledger (agency, coalesce(code, ''), year);

CREATE TABLE list (
  portal_id TEXT NOT NULL REFERENCES portal, url TEXT NOT NULL, name TEXT, family TEXT, state TEXT NOT NULL, read_at TEXT,
  total INTEGER, rows INTEGER, pages INTEGER, pages_read INTEGER NOT NULL, listed INTEGER NOT NULL, fetched INTEGER NOT NULL, held INTEGER NOT NULL,
  causes TEXT NOT NULL, missing TEXT NOT NULL, PRIMARY KEY (portal_id, url)
) STRICT, WITHOUT ROWID;

CREATE VIRTUAL TABLE words USING fts5 (title, agency, body, content='', contentless_delete=1, tokenize="unicode61 remove_diacritics 0");
CREATE TABLE word_row (document_id TEXT PRIMARY KEY REFERENCES document, words_rowid INTEGER NOT NULL UNIQUE) STRICT;
`;

/**
 * What a report brings in from the year before against what that year's report of the same agency carries over, for each applicant column. It is
 * asked of the rows as they stand, so that a new version, a removal or a new derivation of either report counts at once. The other report is the
 * official one, else the copy whose words are intact; an altered copy proves nothing, and an agency is its name with its code. No rule where the archive
 * holds none. The order is of the inner query's own columns: SQLite 3.40, the shell of Debian 12, finds no column of the outer query there.
 */
const CARRY_OVER = `SELECT p.document_id, 'T3-XYEAR-CARRY.' || p.column_key,
         CASE WHEN o.value IS NULL OR i.value IS NULL THEN 'not-assessable' WHEN o.value = i.value THEN 'pass' ELSE 'fail' END,
         CASE WHEN i.value IS NOT NULL THEN o.value END, CASE WHEN o.value IS NOT NULL THEN i.value END, p.other_id
  FROM (
    SELECT d.document_id, v.version, c.column_key, (
        SELECT document_id FROM (
          SELECT e.document_id, e.grade, e.removed_at, e.portal_id IS NOT d.portal_id AS is_elsewhere FROM version w JOIN document e ON e.document_id = w.document_id AND e.current_version = w.version
          WHERE w.agency = v.agency AND w.year = v.year - 1 AND w.code IS v.code AND w.kind = 'annual-report' AND e.grade IS NOT 'clone')
        ORDER BY grade IS 'mirror', removed_at IS NOT NULL, grade IS NULL, is_elsewhere, document_id LIMIT 1) AS other_id
    FROM document d JOIN version v ON v.document_id = d.document_id AND v.version = d.current_version
      JOIN cell c ON c.document_id = v.document_id AND c.version = v.version AND c.table_id = 'requests'
        AND c.row_key = (SELECT min(f.row_key) FROM cell f WHERE f.document_id = v.document_id AND f.version = v.version AND f.table_id = 'requests')
    WHERE v.kind = 'annual-report') p
  JOIN document e ON e.document_id = p.other_id
  LEFT JOIN cell o ON o.document_id = e.document_id AND o.version = e.current_version AND o.table_id = 'requests' AND o.row_key = 'carriedOut' AND o.column_key = p.column_key
  LEFT JOIN cell i ON i.document_id = p.document_id AND i.version = p.version AND i.table_id = 'requests' AND i.row_key = 'carriedIn' AND i.column_key = p.column_key`;

const VIEWS = `
CREATE VIEW v_portal AS
  SELECT portal_id, code, province, city, county, agency, level, home, columns, platform, enabled, note FROM portal;

CREATE VIEW v_capture AS
  SELECT capture_id, run_id, portal_id, url, final_url, status, outcome, reason, detail, kind, media_type, payload_sha256, payload_bytes,
         transfer_bytes, fetched_at, duration_ms, via, revisit_of, revisit_profile FROM capture;

CREATE VIEW v_report AS
  SELECT d.document_id AS report_id, d.portal_id, v.code, v.province, v.city, v.county, v.agency, v.level, v.year, v.title, v.published_on,
         v.format_era, d.grade, d.url, v.raw_sha256, v.text_sha256, v.text, d.first_seen, d.last_seen, d.current_version AS versions, d.removed_at, v.metadata
  FROM document d JOIN version v ON v.document_id = d.document_id AND v.version = d.current_version
  WHERE v.kind = 'annual-report';

CREATE VIEW v_version AS
  SELECT document_id AS report_id, version, raw_sha256, text_sha256, captured_at, derivation, kind, title, year, capture_id, facts_sha256 FROM version;

CREATE VIEW v_cell AS
  SELECT c.document_id AS report_id, c.table_id, c.row_key, c.column_key, c.raw, c.value, c.state, c.place
  FROM cell c JOIN document d ON d.document_id = c.document_id AND d.current_version = c.version;

CREATE VIEW v_check AS
  SELECT c.document_id AS report_id, c.rule, c.state, c.expected, c.actual, NULL AS other_report_id
  FROM rule_check c JOIN document d ON d.document_id = c.document_id AND d.current_version = c.version
  UNION ALL
  ${CARRY_OVER};

CREATE VIEW v_statement AS
  SELECT d.document_id AS report_id, s.value ->> 'key' AS key, s.value ->> 'value' AS value, s.value ->> 'unit' AS unit, s.value ->> 'isApproximate' AS is_approximate,
         s.value ->> 'sentence' AS sentence, s.value ->> 'start' AS start, s.value ->> 'end' AS "end", s.value ->> 'method' AS method
  FROM document d JOIN version v ON v.document_id = d.document_id AND v.version = d.current_version, json_each(v.statements) s;

CREATE VIEW v_notice AS
  SELECT d.document_id AS report_id, n.value ->> 'room' AS room, n.value ->> 'code' AS code, n.value ->> 'message' AS message
  FROM document d JOIN version v ON v.document_id = d.document_id AND v.version = d.current_version, json_each(v.notices) n;

CREATE VIEW v_repair AS
  SELECT document_id AS report_id, version, step, start, "end", before, after, method, confidence FROM repair;

CREATE VIEW v_duplicate AS
  SELECT document_id AS report_id, other_document_id AS other_report_id, kind, similarity FROM duplicate;

CREATE VIEW v_ledger AS
  SELECT code, agency, year, state, document_id AS report_id, due_on, published_on, days_late, evidence FROM ledger;

CREATE VIEW v_list AS
  SELECT portal_id, url, name, family, state, read_at, total, rows, pages, pages_read, listed, fetched, held, causes, missing FROM list;

CREATE VIEW v_candidate AS
  SELECT k.portal_id, k.url, k.kind, k.heard_via, k.referrer, k.anchor, k.listed_on, k.state, k.reason, k.detail, k.last_run_id AS run_id, c.fetched_at AS visited_at,
         k.unchanged, strftime('%Y-%m-%dT%H:%M:%fZ', k.due_at / 1000.0, 'unixepoch') AS due_at, k.first_seen, k.last_seen
  FROM candidate k LEFT JOIN capture c ON c.capture_id = k.last_capture_id WHERE k.kind <> 'robots';

CREATE VIEW v_alarm AS
  SELECT alarm_id, kind, portal_id, document_id AS report_id, code, agency, year, url, facts, raised_run_id, raised_at, ended_run_id, ended_at FROM alarm;

CREATE VIEW v_run AS
  SELECT run_id, started_at, finished_at, outcome, portals, requests, captures, new_reports, changed_reports, config_sha256,
         tool_version, previous_run_sha256, run_sha256, command, places, transfer_bytes FROM run;
`;

/** Each entry takes the database from version i to i + 1, inside one transaction. */
export const MIGRATIONS: readonly string[] = [TABLES + VIEWS];

/** Marks the file as ours: ASCII `NIAN`. A file with another id is somebody else's database and is left alone. */
export const APPLICATION_ID = 0x4e49414e;
