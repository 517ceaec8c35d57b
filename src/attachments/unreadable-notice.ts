/** Says in a notice why a file gave no text. */
import type { Notice } from '../record.js';
import { UnreadableFile } from './unreadable-file.js';

/** The notice of a file that gave no text. An error of ours is no property of the file, and goes on. */
export function noticeOf(error: unknown): Notice {
  if (!(error instanceof UnreadableFile)) throw error;
  return { code: error.code, room: 'attachments', message: `${error.message}; its bytes are kept` };
}
