/** JSON Lines: one record a line, nothing left out and nothing guarded. */
import { DigestedFile } from './digested-file.js';
import type { WriterMaker } from './writer.js';

export const jsonlWriter: WriterMaker = ({ folder }) => {
  const file = new DigestedFile(folder, 'reports.jsonl');
  return {
    add: (record) => file.append(`${JSON.stringify(record)}\n`),
    finish: () => [file.close()],
  };
};
