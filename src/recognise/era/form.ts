/** The shapes of the reporting formats' tables, as the files beside this one fill them. No code. */

/** A row or column of a statutory table. */
export interface FormLabel {
  readonly key: string;
  /** The label as the form prints it. */
  readonly label: string;
  /** Other spellings met. */
  readonly also?: readonly string[];
}

export interface RequestRow extends FormLabel {
  /** The group it stands in: 不予公开, 无法提供 … */
  readonly group?: string;
}

/** A band of table two: 第二十条第（五）项 with its own header and rows. */
export interface Band {
  readonly key: string;
  readonly title: string;
  readonly columns: readonly FormLabel[];
  readonly rows: readonly FormLabel[];
}

/** A format with its three tables; table four is the same in both. */
export interface Form {
  readonly bands: readonly Band[];
  readonly requests: readonly RequestRow[];
}
