/** Counts of shots in words. */
import { plural } from "@/lib/format";

export const shotCount = (count: number) => plural(count, "shot");
