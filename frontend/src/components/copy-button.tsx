/** Copies a text and says so for a moment. */
import { Check, Copy } from "lucide-react";
import { useEffect, useState } from "react";
import { Button, type ButtonProps } from "@/components/ui/button";
import { copyText } from "@/lib/clipboard";

const SHOWN_MS = 1_500;

interface CopyButtonProps {
  text: string;
  variant?: ButtonProps["variant"];
  /** What is copied, for screen readers: `the lines for “Port is open”`. */
  what?: string;
}

export function CopyButton({ text, variant = "ghost", what }: CopyButtonProps) {
  const [isCopied, setIsCopied] = useState(false);
  useEffect(() => {
    if (!isCopied) return;
    const timer = setTimeout(() => setIsCopied(false), SHOWN_MS);
    return () => clearTimeout(timer);
  }, [isCopied]);

  return (
    <Button variant={variant} onClick={async () => setIsCopied(await copyText(text))}>
      {isCopied ? <Check /> : <Copy />}
      <span aria-live="polite">{isCopied ? "Copied ✓" : "Copy"}</span>
      {what && <span className="sr-only"> {what}</span>}
    </Button>
  );
}
