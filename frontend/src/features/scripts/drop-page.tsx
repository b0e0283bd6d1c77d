/** Makes a whole page take a dropped screenplay, and says so while a file is over it. */
import type { ReactNode } from "react";
import { useDropzone } from "react-dropzone";

// Only what the file dialog shows first.
const SHOWN_BY_THE_DIALOG = ".fountain,.spmd,.md,.txt,.fdx,.fdxt,.pdf";

interface DropPageProps {
  onFile: (file: File) => void;
  onMany: () => void;
  children: (chooseFile: () => void) => ReactNode;
}

export function DropPage({ onFile, onMany, children }: DropPageProps) {
  // What a file is, the server tells by its content; it also says what to do with the wrong one.
  const { getRootProps, getInputProps, isDragActive, open } = useDropzone({
    noClick: true,
    noKeyboard: true,
    onDrop: (files) => {
      const [file] = files;
      if (files.length > 1) onMany();
      else if (file) onFile(file);
    },
  });
  return (
    <div
      {...getRootProps({ role: undefined, tabIndex: undefined })}
      className="relative flex min-h-0 flex-1 flex-col"
    >
      <input {...getInputProps({ "aria-label": "Screenplay file", accept: SHOWN_BY_THE_DIALOG })} />
      {children(open)}
      {isDragActive && (
        <div className="pointer-events-none absolute inset-2 z-30 flex items-center justify-center rounded-lg border-2 border-primary bg-raised">
          <p className="font-semibold text-page">Drop the screenplay to import it</p>
        </div>
      )}
    </div>
  );
}
