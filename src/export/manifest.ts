/** The manifest of an export: what was asked for, how much came, and a digest for every file. Holds no time of day. */
import { DigestedFile } from './digested-file.js';
import type { WrittenFile } from './digested-file.js';
import { MANIFEST } from './out-folder.js';
import type { Redaction } from './redact-record.js';
import type { Selection } from '../store/selection.js';

export interface ExportCounts {
  readonly documents: number;
  readonly reports: number;
  readonly other: number;
  readonly cells: number;
}

export interface ManifestFacts {
  readonly options: { readonly format: string; readonly selection: Selection; readonly toolVersion: string };
  readonly counts: ExportCounts;
  /** Null unless redacted. */
  readonly redaction: Redaction | null;
  readonly files: readonly WrittenFile[];
  /** Digest of the newest sealed run: which state of the archive this is. Null when no run is sealed. */
  readonly newestRunSha256: string | null;
}

/** Writes `manifest.json`; the files are listed by path, with bytes and SHA-256. */
export function writeManifest(folder: string, facts: ManifestFacts): void {
  const { selection, format, toolVersion } = facts.options;
  const manifest = {
    tool: `nianbao ${toolVersion}`,
    format,
    filters: { place: selection.places, province: selection.provinces, year: selection.years, since: selection.since, grade: selection.grades },
    counts: facts.counts,
    redaction: facts.redaction,
    newestRunSha256: facts.newestRunSha256,
    files: facts.files.map(({ path, bytes, sha256 }) => ({ path, bytes, sha256 })),
  };
  const file = new DigestedFile(folder, MANIFEST);
  file.append(`${JSON.stringify(manifest, null, 2)}\n`);
  file.close();
}
