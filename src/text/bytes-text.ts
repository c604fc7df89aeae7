/** Amounts of bytes for people. */

/** `1.2 GB`, `500 bytes`: in powers of 1000. */
export function bytesText(bytes: number): string {
  for (const [size, unit] of [
    [1e12, 'TB'],
    [1e9, 'GB'],
    [1e6, 'MB'],
  ] as const)
    if (bytes >= size) return `${(bytes / size).toFixed(1)} ${unit}`;
  return `${bytes} bytes`;
}
