/** JSON Lines: one record a line, nothing left out and nothing guarded. */
import { DigestedFile } from './digested-file.js';
import { RECORD_FIELD_SHAPES } from './record-shape.js';
import type { WriterMaker } from './writer.js';

export const jsonlWriter: WriterMaker = ({ folder }) => {
  const file = new DigestedFile(folder, 'reports.jsonl');
  let rows = 0;
  return {
    add: (record) => {
      file.append(`${JSON.stringify(record)}\n`);
      rows += 1;
    },
    finish: () => [file.close({ columns: RECORD_FIELD_SHAPES, rows })],
  };
};
