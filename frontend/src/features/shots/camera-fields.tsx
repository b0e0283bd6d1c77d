/** Size, angle, movement and seconds of the shot. */
import type { ShotRead } from "@/client/types.gen";
import { ANGLES, MOVEMENTS, SIZES } from "./camera-words";
import { ChoiceField } from "./choice-field";
import { SecondsField } from "./seconds-field";
import { useWorkspace } from "./workspace-context";

export function CameraFields({ shot }: { shot: ShotRead }) {
  const { shotActions } = useWorkspace();
  return (
    <div className="grid grid-cols-2 gap-x-2 gap-y-1.5">
      <ChoiceField
        label="Size"
        choices={SIZES}
        value={shot.size}
        onChange={(size) => shotActions.update(shot.id, { size })}
      />
      <ChoiceField
        label="Angle"
        choices={ANGLES}
        value={shot.angle}
        onChange={(angle) => shotActions.update(shot.id, { angle })}
      />
      <ChoiceField
        label="Movement"
        choices={MOVEMENTS}
        value={shot.movement}
        onChange={(movement) => shotActions.update(shot.id, { movement })}
      />
      <SecondsField shot={shot} onSave={(duration) => shotActions.update(shot.id, { duration })} />
    </div>
  );
}
