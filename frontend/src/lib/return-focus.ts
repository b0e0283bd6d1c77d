/** Where the focus goes when a dialog closes that no trigger of its own opened: a menu, the palette, a key did. */
import { useState } from "react";

/** Of the dialog that was opened last, while it is open: one that follows it goes back where that one would. */
let lastWay: HTMLElement[] = [];

/** What had the focus, and behind it what stays when that is gone: the button of a menu, the way out of a dialog. */
function wayBack(): HTMLElement[] {
  const before = lastWay.filter((one) => one.isConnected);
  const opener = document.activeElement;
  // A dialog that makes way for this one has taken the focus with it.
  if (!(opener instanceof HTMLElement) || opener === document.body) return before;
  const menu = opener.closest("[role=menu]");
  const trigger = document.getElementById(menu?.getAttribute("aria-labelledby") ?? "");
  const isInDialog = (trigger ?? opener).closest("[role=dialog],[role=alertdialog]") !== null;
  return [opener, ...(trigger ? [trigger] : []), ...(isInDialog ? before : [])];
}

/**
 * For the content of a dialog, which must mount when it opens. The handler goes to Radix' `onCloseAutoFocus`, which
 * by itself knows triggers only.
 */
export function useReturnFocus(own?: (event: Event) => void): (event: Event) => void {
  // While it renders for the first time, the focus is still where it was.
  const [way] = useState(() => {
    lastWay = wayBack();
    return lastWay;
  });
  return (event) => {
    own?.(event);
    if (lastWay === way) lastWay = [];
    const target = way.find((one) => one.isConnected);
    if (event.defaultPrevented || !target) return;
    event.preventDefault();
    target.focus();
  };
}
