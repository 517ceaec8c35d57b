/** Lends Node 20 the one method of later versions that pdf.js needs when it hands over a font: `ArrayBuffer.prototype.transferToFixedLength`. */

type Transferable = { transferToFixedLength?: (length?: number) => ArrayBuffer };

const prototype = ArrayBuffer.prototype as ArrayBuffer & Transferable;

prototype.transferToFixedLength ??= function transferToFixedLength(this: ArrayBuffer, length = this.byteLength): ArrayBuffer {
  const moved = structuredClone(this, { transfer: [this] });
  if (length === moved.byteLength) return moved;
  const resized = new Uint8Array(length);
  resized.set(new Uint8Array(moved, 0, Math.min(length, moved.byteLength)));
  return resized.buffer;
};
