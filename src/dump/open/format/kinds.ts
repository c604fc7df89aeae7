/** The kinds of files, by what hunt does with them. */

export type Format =
  /** Formats that hunt unpacks. */
  | { readonly kind: 'gzip' | 'zlib' | 'zstd' }
  /** Formats that hunt reads. */
  | { readonly kind: 'tar' | 'zip' | 'parquet' }
  /** May hold logs, and hunt cannot open it. `first` is what a person must do. */
  | { readonly kind: 'closed'; readonly name: string; readonly first: string }
  /** The same, but it holds events only if they stand in its bytes. */
  | { readonly kind: 'database'; readonly name: string; readonly first: string }
  /** Stands for a file that is elsewhere and may hold logs. */
  | { readonly kind: 'absent'; readonly reason: string }
  /** Holds no logs. */
  | { readonly kind: 'other'; readonly name: string };
