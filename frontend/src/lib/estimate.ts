/** How long a piece of work took, and about how long the rest will take. */

const MINUTE_S = 60;
/** Before this much is known, an estimate would only jump about. */
const NEEDS_DONE = 2;
const NEEDS_ELAPSED_S = 2;

/** `0.4 s`, `12 s`, `3 min 20 s`, `1 h 4 min` */
export function formatDuration(seconds: number): string {
  if (seconds < 10) return `${Math.max(0, seconds).toFixed(1)} s`;
  const whole = Math.round(seconds);
  if (whole < MINUTE_S) return `${whole} s`;
  const minutes = Math.floor(whole / MINUTE_S);
  if (minutes < 60) return whole % MINUTE_S === 0 ? `${minutes} min` : `${minutes} min ${whole % MINUTE_S} s`;
  return `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}

/** `8`, `2.5` */
export const formatSeconds = (seconds: number) => String(Math.round(seconds * 10) / 10);

/** `0:32`, `12:05`, `1:02:05`: running time as a script supervisor writes it. */
export function formatRunningTime(seconds: number): string {
  const whole = Math.round(seconds);
  const hours = Math.floor(whole / 3600);
  const minutes = Math.floor((whole % 3600) / 60);
  const rest = String(whole % 60).padStart(2, "0");
  return hours > 0 ? `${hours}:${String(minutes).padStart(2, "0")}:${rest}` : `${minutes}:${rest}`;
}

/** `about 40 s left`, `a few seconds left`, or null while too little is known. Times in milliseconds. */
export function estimateRest(done: number, total: number, startedAt: number, now: number): string | null {
  const elapsed = (now - startedAt) / 1000;
  if (done < NEEDS_DONE || total <= done || elapsed < NEEDS_ELAPSED_S) return null;
  const rest = (elapsed / done) * (total - done);
  if (rest < 10) return "a few seconds left";
  const rounded = rest < MINUTE_S ? Math.ceil(rest / 5) * 5 : Math.ceil(rest / 30) * 30;
  return `about ${formatDuration(rounded)} left`;
}
