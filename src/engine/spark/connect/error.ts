import { EngineError } from '../../../errors.ts';

/** Plain data about a failure of Spark. */
export interface SparkErrorDetails {
  /** Spark's error class, such as TABLE_OR_VIEW_NOT_FOUND; or gRPC's status, such as UNAVAILABLE, where Spark did not answer. */
  readonly errorClass: string;
  /** SQLSTATE, such as 42P01. */
  readonly sqlState?: string;
  readonly messageParameters: Readonly<Record<string, string>>;
  /** The query that failed; its beginning where it is long. */
  readonly sql?: string;
  /** The part of the query that Spark points at. */
  readonly fragment?: string;
  readonly operationId?: string;
}

/** Spark refused or failed the work, or could not be reached. */
export class SparkError extends EngineError {
  declare readonly details: SparkErrorDetails & Readonly<Record<string, unknown>>;

  constructor(message: string, details: SparkErrorDetails, options?: ErrorOptions) {
    super(message, { ...details }, options);
  }
}
