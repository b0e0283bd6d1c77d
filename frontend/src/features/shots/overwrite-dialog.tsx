/** Asks before a document that somebody wrote is made anew. */
import type { ShotRead } from "@/client/types.gen";
import {
  AlertDialog,
  AlertDialogAction,
  AlertDialogCancel,
  AlertDialogContent,
  AlertDialogDescription,
  AlertDialogTitle,
} from "@/components/ui/alert-dialog";

interface OverwriteDialogProps {
  shot: ShotRead | null;
  onClose: () => void;
  onConfirm: () => void;
}

export function OverwriteDialog({ shot, onClose, onConfirm }: OverwriteDialogProps) {
  return (
    <AlertDialog open={shot !== null} onOpenChange={(open) => !open && onClose()}>
      <AlertDialogContent>
        <AlertDialogTitle>Replace the document of shot {shot?.number}?</AlertDialogTitle>
        <AlertDialogDescription>
          It was edited by hand. Generating makes a new one from the words and the slots; the edits are lost.
        </AlertDialogDescription>
        <div className="flex flex-row-reverse gap-2">
          <AlertDialogAction onClick={onConfirm}>Replace it</AlertDialogAction>
          <AlertDialogCancel>Keep mine</AlertDialogCancel>
        </div>
      </AlertDialogContent>
    </AlertDialog>
  );
}
