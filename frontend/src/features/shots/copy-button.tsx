/** Copies a text and says so for a moment. */
import { Check, Copy } from "lucide-react";
import { useEffect, useState } from "react";
import { Button } from "@/components/ui/button";
import { copyText } from "./copy-json";

const SHOWN_MS = 1_500;

export function CopyButton({ text, isPrimary }: { text: string; isPrimary: boolean }) {
  const [isCopied, setIsCopied] = useState(false);
  useEffect(() => {
    if (!isCopied) return;
    const timer = setTimeout(() => setIsCopied(false), SHOWN_MS);
    return () => clearTimeout(timer);
  }, [isCopied]);

  return (
    <Button variant={isPrimary ? "default" : "ghost"} onClick={async () => setIsCopied(await copyText(text))}>
      {isCopied ? <Check /> : <Copy />}
      <span aria-live="polite">{isCopied ? "Copied ✓" : "Copy"}</span>
    </Button>
  );
}
