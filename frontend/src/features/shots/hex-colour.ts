/** The build shortens `#ffffff` to `#fff`; Monaco's themes take only the long form. */
export function longHex(colour: string): string {
  const short = /^#([0-9a-f])([0-9a-f])([0-9a-f])$/i.exec(colour.trim());
  return short
    ? `#${short
        .slice(1)
        .map((digit) => digit + digit)
        .join("")}`
    : colour.trim();
}
