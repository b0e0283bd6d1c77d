/** A new token's secret, the one time it can be seen. */
import { Check, Copy } from "lucide-react";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { copyText } from "@/lib/clipboard";

const SAYS_COPIED_MS = 1_500;

export function TokenSecret({ token, onDone }: { token: string; onDone: () => void }) {
  const [isCopied, setIsCopied] = useState(false);
  const copy = async () => {
    if (!(await copyText(token))) return;
    setIsCopied(true);
    setTimeout(() => setIsCopied(false), SAYS_COPIED_MS);
  };
  return (
    <div className="grid gap-2 rounded-lg border border-input bg-surface p-3">
      <p>
        <strong>Copy it now.</strong> It is not shown again; a lost one is replaced by a new one.
      </p>
      <code className="select-all break-all font-mono text-json">{token}</code>
      <div className="flex gap-2">
        <Button variant="outline" onClick={copy}>
          {isCopied ? <Check /> : <Copy />}
          {isCopied ? "Copied" : "Copy token"}
        </Button>
        <Button variant="ghost" onClick={onDone}>
          Done
        </Button>
      </div>
    </div>
  );
}
