/** A scene's length on the page, as crews say it. */

/** `2 2/8 pp` */
export function pages(eighths: number): string {
  const whole = Math.floor(eighths / 8);
  const rest = eighths % 8;
  return `${[whole > 0 ? whole : null, rest > 0 ? `${rest}/8` : null].filter(Boolean).join(" ")} pp`;
}
