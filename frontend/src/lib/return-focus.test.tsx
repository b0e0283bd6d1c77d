import { screen, waitFor } from "@testing-library/react";
import { useState } from "react";
import { expect, it } from "vitest";
import {
  AlertDialog,
  AlertDialogCancel,
  AlertDialogContent,
  AlertDialogTitle,
} from "@/components/ui/alert-dialog";
import { Button } from "@/components/ui/button";
import { Dialog, DialogContent, DialogTitle } from "@/components/ui/dialog";
import {
  DropdownMenu,
  DropdownMenuContent,
  DropdownMenuItem,
  DropdownMenuTrigger,
} from "@/components/ui/dropdown-menu";
import { renderPart } from "@/testing/render";

/** A menu whose items open a dialog, which leads to a second one, and a question. */
function Part() {
  const [open, setOpen] = useState<"first" | "second" | "question" | null>(null);
  const close = () => setOpen(null);
  return (
    <>
      <DropdownMenu>
        <DropdownMenuTrigger asChild>
          <Button>More</Button>
        </DropdownMenuTrigger>
        <DropdownMenuContent>
          <DropdownMenuItem onSelect={() => setOpen("first")}>First</DropdownMenuItem>
          <DropdownMenuItem onSelect={() => setOpen("question")}>Ask</DropdownMenuItem>
        </DropdownMenuContent>
      </DropdownMenu>
      <Dialog open={open === "first"} onOpenChange={close}>
        <DialogContent aria-describedby={undefined}>
          <DialogTitle>First</DialogTitle>
          <Button onClick={() => setOpen("second")}>Continue</Button>
        </DialogContent>
      </Dialog>
      <Dialog open={open === "second"} onOpenChange={close}>
        <DialogContent aria-describedby={undefined}>
          <DialogTitle>Second</DialogTitle>
        </DialogContent>
      </Dialog>
      <AlertDialog open={open === "question"} onOpenChange={close}>
        <AlertDialogContent aria-describedby={undefined}>
          <AlertDialogTitle>Sure?</AlertDialogTitle>
          <AlertDialogCancel>No</AlertDialogCancel>
        </AlertDialogContent>
      </AlertDialog>
    </>
  );
}

async function openFrom(item: string) {
  const { user } = renderPart(<Part />);
  await user.click(screen.getByRole("button", { name: "More" }));
  await user.click(await screen.findByRole("menuitem", { name: item }));
  return user;
}
const hasFocus = () => waitFor(() => expect(screen.getByRole("button", { name: "More" })).toHaveFocus());

it("a dialog that a menu opened gives the focus back to the button of the menu", async () => {
  const user = await openFrom("First");
  await screen.findByRole("dialog", { name: "First" });
  await user.keyboard("{Escape}");
  await hasFocus();
});

it("a dialog that another dialog led to goes back where that one came from", async () => {
  const user = await openFrom("First");
  await user.click(await screen.findByRole("button", { name: "Continue" }));
  await screen.findByRole("dialog", { name: "Second" });
  await user.keyboard("{Escape}");
  await hasFocus();
});

it("so does a question", async () => {
  const user = await openFrom("Ask");
  await user.click(await screen.findByRole("button", { name: "No" }));
  await hasFocus();
});
