/** Shows a skeleton only when loading takes long enough to be noticed. */
import { type ReactNode, useEffect, useState } from "react";

const SHOWS_AFTER_MS = 200;

export function Delayed({ children }: { children: ReactNode }) {
  const [isShown, setIsShown] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setIsShown(true), SHOWS_AFTER_MS);
    return () => clearTimeout(timer);
  }, []);
  return isShown ? (
    <div className="contents" role="status" aria-label="Loading">
      {children}
    </div>
  ) : null;
}
