/** Aspect ratio and resolution of a project. */
import { useId } from "react";
import type { ProjectCreate } from "@/client/types.gen";
import { Label } from "@/components/ui/label";
import { ToggleGroup, ToggleGroupItem } from "@/components/ui/toggle-group";

type AspectRatio = NonNullable<ProjectCreate["aspect_ratio"]>;
type Resolution = NonNullable<ProjectCreate["resolution"]>;

const ASPECT_RATIOS: readonly { value: AspectRatio; label: string }[] = [
  { value: "16:9", label: "16:9 wide" },
  { value: "9:16", label: "9:16 tall" },
];
const RESOLUTIONS: readonly Resolution[] = ["720p", "1080p", "4K"];

/** The API's plain text as one of the choices; the default for anything else. */
export const toAspectRatio = (value: string): AspectRatio =>
  ASPECT_RATIOS.find((one) => one.value === value)?.value ?? "16:9";
export const toResolution = (value: string): Resolution => RESOLUTIONS.find((one) => one === value) ?? "4K";

interface FormatFieldsProps {
  aspectRatio: AspectRatio;
  resolution: Resolution;
  onAspectRatio: (value: AspectRatio) => void;
  onResolution: (value: Resolution) => void;
}

export function FormatFields({ aspectRatio, resolution, onAspectRatio, onResolution }: FormatFieldsProps) {
  const id = useId();
  return (
    <div className="flex flex-wrap gap-4">
      <div className="grid gap-1">
        <Label id={`${id}-aspect`}>Aspect ratio</Label>
        <ToggleGroup
          type="single"
          aria-labelledby={`${id}-aspect`}
          value={aspectRatio}
          onValueChange={(value) => {
            const found = ASPECT_RATIOS.find((one) => one.value === value);
            if (found) onAspectRatio(found.value);
          }}
        >
          {ASPECT_RATIOS.map(({ value, label }) => (
            <ToggleGroupItem key={value} value={value}>
              {label}
            </ToggleGroupItem>
          ))}
        </ToggleGroup>
      </div>
      <div className="grid gap-1">
        <Label id={`${id}-resolution`}>Resolution</Label>
        <ToggleGroup
          type="single"
          aria-labelledby={`${id}-resolution`}
          value={resolution}
          onValueChange={(value) => {
            const found = RESOLUTIONS.find((one) => one === value);
            if (found) onResolution(found);
          }}
        >
          {RESOLUTIONS.map((value) => (
            <ToggleGroupItem key={value} value={value}>
              {value}
            </ToggleGroupItem>
          ))}
        </ToggleGroup>
      </div>
    </div>
  );
}
