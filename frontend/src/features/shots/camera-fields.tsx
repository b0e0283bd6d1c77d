/** Size, angle, movement and seconds of the shot. */
import type { ShotRead } from "@/client/types.gen";
import { ANGLES, MOVEMENTS, SIZES } from "./camera-words";
import { ChoiceField } from "./choice-field";
import { ProvenanceMark } from "./provenance-mark";
import { SecondsField } from "./seconds-field";
import { useWorkspace } from "./workspace-context";

export function CameraFields({ shot }: { shot: ShotRead }) {
  const { shotActions } = useWorkspace();
  return (
    <div className="grid grid-cols-2 gap-x-2 gap-y-1.5">
      <ChoiceField
        label="Size"
        mark={<ProvenanceMark shot={shot} field="size" />}
        choices={SIZES}
        value={shot.size}
        onChange={(size) => shotActions.update(shot.id, { size })}
      />
      <ChoiceField
        label="Angle"
        mark={<ProvenanceMark shot={shot} field="angle" />}
        choices={ANGLES}
        value={shot.angle}
        onChange={(angle) => shotActions.update(shot.id, { angle })}
      />
      <ChoiceField
        label="Movement"
        mark={<ProvenanceMark shot={shot} field="movement" />}
        choices={MOVEMENTS}
        value={shot.movement}
        onChange={(movement) => shotActions.update(shot.id, { movement })}
      />
      <SecondsField shot={shot} onSave={(duration) => shotActions.update(shot.id, { duration })} />
    </div>
  );
}
