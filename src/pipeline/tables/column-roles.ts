/** What each column of a table is for. */
export interface ColumnRoles {
  readonly label: string;
  /** The value of the label that is 1; by default 1 or true. */
  readonly positive?: string;
  /** Rows of one group stay together; by default every row is a group of its own. */
  readonly group?: string;
  /** How much each row counts in the fit; metrics count every row alike. */
  readonly weight?: string;
  /** Columns that are left out. */
  readonly drop: readonly string[];
  /** Columns that are categories though they look like numbers. */
  readonly category: readonly string[];
}
