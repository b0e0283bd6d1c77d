/** A picture from presigned addresses: a skeleton until it is there, the next address when one fails. */
import { ImageOff } from "lucide-react";
import { useState } from "react";
import { Skeleton } from "@/components/ui/skeleton";
import { forgetUrl, stableUrl } from "@/lib/presigned";
import { cn } from "@/lib/utils";

interface PictureProps {
  /** Addresses to try in turn, best first; empty ones are passed over. */
  sources: (string | null | undefined)[];
  alt: string;
  fit?: "cover" | "contain";
  className?: string;
}

export function Picture({ sources, alt, fit = "cover", className }: PictureProps) {
  const urls = sources.filter((url): url is string => Boolean(url)).map((url) => stableUrl(url));
  const [failed, setFailed] = useState<readonly string[]>([]);
  const [loaded, setLoaded] = useState<string>();
  const url = urls.find((candidate) => !failed.includes(candidate));

  return (
    <div className={cn("relative overflow-hidden bg-hover", className)}>
      {url && loaded !== url && <Skeleton className="absolute inset-0 rounded-none" />}
      {url ? (
        <img
          key={url}
          src={url}
          alt={alt}
          loading="lazy"
          decoding="async"
          draggable={false}
          onLoad={() => setLoaded(url)}
          onError={() => {
            forgetUrl(url);
            setFailed((before) => [...before, url]);
          }}
          className={cn("absolute inset-0 size-full", fit === "cover" ? "object-cover" : "object-contain")}
        />
      ) : (
        <div className="absolute inset-0 flex flex-col items-center justify-center gap-1 text-faint text-meta">
          <ImageOff className="size-4" aria-hidden />
          No picture
        </div>
      )}
    </div>
  );
}
