/** Says when live updates stopped, because what is on screen may then be old. */
import { useConnection } from "@/lib/events";

export function ConnectionIndicator() {
  const connection = useConnection((state) => state.connection);
  if (connection !== "lost") return null;
  return (
    <span role="status" className="inline-flex items-center gap-1.5 whitespace-nowrap">
      <span aria-hidden className="text-warn">
        ▲
      </span>
      Server not reached, trying again
    </span>
  );
}
