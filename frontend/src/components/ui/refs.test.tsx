/** Under React 18 a component without forwardRef drops its ref with only a console error; setup.ts makes that fail. */
import { screen } from "@testing-library/react";
import type { ReactElement, Ref } from "react";
import { createRef } from "react";
import { describe, expect, it } from "vitest";
import { renderPart } from "@/testing/render";
import { Badge } from "./badge";
import { Button } from "./button";
import { Checkbox } from "./checkbox";
import { Dialog, DialogContent, DialogDescription, DialogTitle, DialogTrigger } from "./dialog";
import { DropdownMenu, DropdownMenuContent, DropdownMenuItem, DropdownMenuTrigger } from "./dropdown-menu";
import { Input } from "./input";
import { Kbd } from "./kbd";
import { Label } from "./label";
import { Skeleton } from "./skeleton";
import { Slider } from "./slider";
import { Switch } from "./switch";
import { Textarea } from "./textarea";
import { Tooltip, TooltipContent, TooltipTrigger } from "./tooltip";

const Plain = () => <span />;
// biome-ignore lint/suspicious/noExplicitAny: React's types refuse the mistake that a test below makes on purpose
const Broken = Plain as any;

// biome-ignore lint/suspicious/noExplicitAny: one table over elements of different kinds
type AnyRef = Ref<any>;

describe("a ref reaches the element", () => {
  const cases: [string, (ref: AnyRef) => ReactElement][] = [
    ["Badge", (ref) => <Badge ref={ref}>a</Badge>],
    ["Button", (ref) => <Button ref={ref}>a</Button>],
    ["Checkbox", (ref) => <Checkbox ref={ref} />],
    ["Input", (ref) => <Input ref={ref} />],
    ["Kbd", (ref) => <Kbd ref={ref}>a</Kbd>],
    ["Label", (ref) => <Label ref={ref}>a</Label>],
    ["Skeleton", (ref) => <Skeleton ref={ref} />],
    ["Slider", (ref) => <Slider ref={ref} />],
    ["Switch", (ref) => <Switch ref={ref} />],
    ["Textarea", (ref) => <Textarea ref={ref} />],
  ];
  it.each(cases)("of %s", (_name, element) => {
    const ref = createRef<HTMLElement>();
    renderPart(element(ref));
    expect(ref.current).toBeInstanceOf(HTMLElement);
  });
});

it("a button opens a menu, a dialog and a tooltip as their asChild trigger", async () => {
  const { user } = renderPart(
    <>
      <DropdownMenu>
        <DropdownMenuTrigger asChild>
          <Button>Menu</Button>
        </DropdownMenuTrigger>
        <DropdownMenuContent>
          <DropdownMenuItem>Entry</DropdownMenuItem>
        </DropdownMenuContent>
      </DropdownMenu>
      <Tooltip>
        <TooltipTrigger asChild>
          <Badge>Tipped</Badge>
        </TooltipTrigger>
        <TooltipContent>Why</TooltipContent>
      </Tooltip>
      <Dialog>
        <DialogTrigger asChild>
          <Button>Dialog</Button>
        </DialogTrigger>
        <DialogContent>
          <DialogTitle>Title</DialogTitle>
          <DialogDescription>Text</DialogDescription>
        </DialogContent>
      </Dialog>
    </>,
  );
  await user.hover(screen.getByText("Tipped"));
  expect(await screen.findByRole("tooltip")).toHaveTextContent("Why");
  await user.click(screen.getByText("Menu"));
  expect(await screen.findByText("Entry")).toBeVisible();
  await user.keyboard("{Escape}");
  await user.click(screen.getByText("Dialog"));
  expect(await screen.findByRole("dialog")).toHaveTextContent("Title");
});

it("the console error of a lost ref fails a test", () => {
  expect(() => renderPart(<Broken ref={createRef()} />)).toThrow(/Function components cannot be given refs/);
});
