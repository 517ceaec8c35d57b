/** A record for sharing: what names a person is masked in every text of it, its addresses and the numbers of its statutory tables stay. */
import { createHash } from 'node:crypto';
import type { Repair, Section, Statement } from '../record.js';
import type { LedgerRow } from '../store/ledger.js';
import type { ExportRecord } from './record.js';
import { MASK_KINDS, redactText } from './redact.js';
import type { MaskCounts, MaskKind, Redacted, RedactOptions } from './redact.js';

/** What stands in the manifest of a redacted export. */
export interface Redaction {
  readonly sign: string;
  /** Masks set, by kind; one number in text and title counts twice. */
  readonly masks: MaskCounts;
  /** Records with a mask. */
  readonly documents: number;
}

/** Entries of a catalogue card that are numbers of documents: as long as a phone number, and never one. */
const NUMBER_KEYS: ReadonlySet<string> = new Set(['indexNumber', 'documentNumber']);

/** Keys of the ledger's evidence that hold identifiers and addresses. */
const KEPT_EVIDENCE = /(?:url|Id|code)$/iu;

/** A run of digits long enough to give a masked number away. */
const DIGITS = /\d{3,}/gu;

const halfWidth = (text: string): string => text.replace(/[０-９]/gu, (sign) => String.fromCharCode(sign.charCodeAt(0) - 0xfee0));

/** Redacts records one after the other and counts. */
export class Redactor {
  readonly #masks: Record<MaskKind, number> = { identity: 0, phone: 0, plate: 0 };
  #documents = 0;

  /** What was masked so far. */
  get redaction(): Redaction {
    return { sign: '*', masks: { ...this.#masks }, documents: this.#documents };
  }

  /** The record with its texts masked, all offsets as they were; `textSha256` is that of the masked text, since the digest of the full one would tell a guessed number from another. */
  record(record: ExportRecord): ExportRecord {
    const before = this.#total();
    const tableNumbers = new Set(record.cells.filter((cell) => cell.state === 'value').map((cell) => cell.raw.trim()));
    const whole = this.#count(redactText(record.text, { tableNumbers }));
    const { text } = whole;
    const redacted: ExportRecord = {
      ...record, text, title: record.title === null ? null : this.#mask(record.title), legalBasis: record.legalBasis.map((basis) => this.#mask(basis)),
      sections: record.sections.map((section) => this.#section(section, record.text, text)),
      cells: record.cells.map((cell) => (cell.state === 'value' ? cell : { ...cell, raw: this.#mask(cell.raw) })),
      statements: record.statements.map((statement) => this.#statement(statement, record.text, text)),
      metadata: record.metadata === null ? null : Object.fromEntries(Object.entries(record.metadata).map(([key, value]) => [key, this.#mask(value, NUMBER_KEYS.has(key) ? { kinds: ['identity'] } : {})])),
      repairs: record.repairs.map((repair) => this.#repair(repair, whole.found)),
      attachments: record.attachments.map((attachment) => ({ ...attachment, name: this.#mask(attachment.name) })),
      notices: record.notices.map((notice) => ({ ...notice, message: this.#mask(notice.message) })),
      textSha256: text === record.text ? record.textSha256 : createHash('sha256').update(text).digest('hex'),
    };
    if (this.#total() > before) this.#documents += 1;
    return redacted;
  }

  /** A row of the ledger with its evidence masked; addresses and identifiers in it stay. */
  ledgerRow(row: LedgerRow): LedgerRow {
    const evidence = JSON.stringify(JSON.parse(row.evidence, (key, value: unknown) => (typeof value === 'string' && !KEPT_EVIDENCE.test(key) ? this.#mask(value) : value)));
    return { ...row, evidence };
  }

  #total(): number {
    return MASK_KINDS.reduce((sum, kind) => sum + this.#masks[kind], 0);
  }

  #count(redacted: Redacted): Redacted {
    for (const kind of MASK_KINDS) this.#masks[kind] += redacted.counts[kind];
    return redacted;
  }

  #mask(text: string, options: RedactOptions = {}): string {
    return this.#count(redactText(text, options)).text;
  }

  /** A piece of the text as the masked text has it, so that both agree; a piece that stands elsewhere is masked by itself. */
  #piece(piece: string, start: number, [text, masked]: readonly [text: string, masked: string]): string {
    return text.startsWith(piece, start) ? masked.slice(start, start + piece.length) : this.#mask(piece);
  }

  #section(section: Section, text: string, masked: string): Section {
    return { ...section, heading: this.#piece(section.heading, section.start, [text, masked]) };
  }

  #statement(statement: Statement, text: string, masked: string): Statement {
    return { ...statement, sentence: this.#piece(statement.sentence, statement.start, [text, masked]) };
  }

  /** A repair may hold a piece of a number that the text alone shows whole. */
  #repair(repair: Repair, found: readonly string[]): Repair {
    const side = (text: string): string => {
      const masked = this.#mask(text);
      return [...halfWidth(masked).matchAll(DIGITS)].filter(([digits]) => found.some((number) => number.includes(digits)))
        .reduce((kept, match) => kept.slice(0, match.index) + '*'.repeat(match[0].length) + kept.slice(match.index + match[0].length), masked);
    };
    return { ...repair, before: side(repair.before), after: side(repair.after) };
  }
}
