/** Says why a file is not even sent: what is wrong with which file, and what to do. */
import { ErrorCode, type FileRejection } from "react-dropzone";
import { formatBytes } from "@/lib/format";
import type { AppProblem } from "@/lib/problem";

export function refusalOf({ file, errors }: FileRejection, maxBytes: number): AppProblem {
  const code = errors[0]?.code;
  if (code === ErrorCode.FileTooLarge) {
    return {
      status: 413,
      code: "assets.too_large",
      title: "Too large",
      detail: `It has ${formatBytes(file.size)}; a picture may have ${formatBytes(maxBytes)}.`,
      fix: "Save it smaller, or as JPEG.",
      fields: [],
    };
  }
  return {
    status: 415,
    code: "assets.not_an_image",
    title: "Not a picture",
    detail: "It is neither PNG nor JPEG.",
    fix: "Export it as one of them.",
    fields: [],
  };
}
