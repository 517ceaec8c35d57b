import { describe, expect, it } from 'vitest';
import { score } from './forms/judge.js';
import { SHAPES } from './forms/shapes.js';

/** How many random forms a shape, half of each format. */
const FORMS = 1000;

describe(`statutory tables, ${FORMS} random forms a shape`, () => {
  it.each(SHAPES.map((shape) => [shape.name, shape] as const))('%s', (_, shape) => {
    const result = score(shape, FORMS, 7);
    expect(result.right / result.expected).toBeGreaterThanOrEqual(0.999);
    expect(result).toMatchObject({ silent: 0, falseAlarms: 0 });
  });
});
