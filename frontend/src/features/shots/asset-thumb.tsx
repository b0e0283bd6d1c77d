/** The small picture of an ingredient; its kind's icon where no picture loads. */
import { useState } from "react";
import type { AssetRead } from "@/client/types.gen";
import { KINDS } from "@/lib/ingredients";
import { forgetUrl, stableUrl } from "@/lib/presigned";
import { cn } from "@/lib/utils";

export function AssetThumb({ asset, className }: { asset: AssetRead; className?: string }) {
  const [failed, setFailed] = useState<readonly string[]>([]);
  const sources = [asset.thumbnail_url, asset.url].flatMap((url) => (url ? [stableUrl(url)] : []));
  const url = sources.find((one) => !failed.includes(one));
  const Icon = KINDS[asset.type].icon;

  return (
    <span
      className={cn("relative flex shrink-0 items-center justify-center overflow-hidden bg-hover", className)}
    >
      {url ? (
        <img
          src={url}
          alt=""
          loading="lazy"
          decoding="async"
          draggable={false}
          onError={() => {
            forgetUrl(url);
            setFailed((before) => [...before, url]);
          }}
          className="absolute inset-0 size-full object-cover"
        />
      ) : (
        <Icon className="size-4 text-faint" aria-hidden />
      )}
    </span>
  );
}
