/** Why a document file gives no text: its bytes are kept, and a notice says what stood in the way. */
export class UnreadableFile extends Error {
  readonly code: 'attachment-unreadable' | 'attachment-too-large';

  constructor(code: UnreadableFile['code'], message: string) {
    super(message);
    this.name = 'UnreadableFile';
    this.code = code;
  }
}
