/** Reads where the cells of a row stand from the settings at its end, in Word files of 1997 to 2003. */
import type { Property } from './doc-parts.js';
import type { CellEdges } from './document-html.js';

const SHAPE = 0xd608;
const MERGE_DOWN = 0xd62b;
const MERGE_ACROSS = 0x5624;
/** Bytes that describe one cell, borders and all (2.9.330). */
const CELL_BYTES = 20;
/** Word allows 63 cells in a row. */
const MOST_CELLS = 64;

const VERTICAL = ['alone', 'continued', 'alone', 'start'] as const;

/** The cells as the row's definition gives them: their edges in twips, and with what they are merged. */
function shapeOf(operand: Buffer): CellEdges[] {
  const count = Math.min(MOST_CELLS, operand.readUInt8(2));
  const cellsAt = 3 + (count + 1) * 2;
  return Array.from({ length: count }, (_, index): CellEdges => {
    const at = cellsAt + index * CELL_BYTES;
    const flags = at + 2 <= operand.length ? operand.readUInt16LE(at) : 0;
    return { left: operand.readInt16LE(3 + index * 2), right: operand.readInt16LE(5 + index * 2), vertical: VERTICAL[(flags >> 5) & 3] ?? 'alone', joined: (flags & 2) !== 0 };
  });
}

/** The cells of a row; none where the row does not say. */
export function rowEdges(properties: readonly Property[]): CellEdges[] {
  let cells: CellEdges[] = [];
  for (const { number, operand } of properties) {
    if (number === SHAPE && operand.length >= 5 && operand.length >= 5 + operand.readUInt8(2) * 2) cells = shapeOf(operand);
    else if (number === MERGE_DOWN && operand.length >= 3) {
      const [at, vertical] = [operand.readUInt8(1), VERTICAL[operand.readUInt8(2) & 3] ?? 'alone'];
      cells = cells.map((cell, index) => (index === at ? { ...cell, vertical } : cell));
    } else if (number === MERGE_ACROSS) {
      const [first, limit] = [operand.readUInt8(0), operand.readUInt8(1)];
      cells = cells.map((cell, index) => (index > first && index < limit ? { ...cell, joined: true } : cell));
    }
  }
  return cells;
}
