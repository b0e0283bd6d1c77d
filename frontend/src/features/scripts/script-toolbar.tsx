/** Above the script: which one, and importing another. */
import { Clapperboard, FileUp } from "lucide-react";
import type { ReactNode } from "react";
import { Link } from "react-router";
import type { ScriptRead } from "@/client/types.gen";
import { Button } from "@/components/ui/button";
import { Select, SelectContent, SelectItem, SelectTrigger, SelectValue } from "@/components/ui/select";

interface ScriptToolbarProps {
  scripts: ScriptRead[];
  script: ScriptRead;
  onScript: (scriptId: string) => void;
  onImport: () => void;
  shotsPath: string;
  /** More tools, before these. */
  children?: ReactNode;
}

export function ScriptToolbar(props: ScriptToolbarProps) {
  const { scripts, script, onScript, onImport, shotsPath, children } = props;
  return (
    <div className="flex h-11 shrink-0 items-center gap-2 border-b px-3 max-md:h-14">
      {scripts.length > 1 ? (
        <Select value={script.id} onValueChange={onScript}>
          <SelectTrigger aria-label="Script" className="w-64 min-w-0 shrink">
            <SelectValue />
          </SelectTrigger>
          <SelectContent className="max-w-[calc(100vw-16px)]">
            {scripts.map((one) => (
              <SelectItem key={one.id} value={one.id}>
                <span className="truncate">
                  {one.filename}
                  {one.is_superseded && " (earlier draft)"}
                </span>
              </SelectItem>
            ))}
          </SelectContent>
        </Select>
      ) : (
        <h1 className="min-w-0 truncate font-semibold text-title" title={script.filename}>
          {script.filename}
        </h1>
      )}
      <span className="flex-1" />
      {children}
      <Button variant="outline" className="max-md:min-w-11" onClick={onImport}>
        <FileUp /> <span className="max-md:sr-only">Import another</span>
      </Button>
      <Button asChild>
        <Link to={shotsPath}>
          <Clapperboard /> <span className="max-md:hidden">Open the shots</span>
          <span className="md:hidden">Shots</span>
        </Link>
      </Button>
    </div>
  );
}
