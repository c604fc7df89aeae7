/** The text of `queries/access-levels.yml`. */
export function accessLevels(): string;
