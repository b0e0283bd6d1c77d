import { type ComponentPropsWithoutRef, forwardRef } from "react";
import { cn } from "@/lib/utils";

export const Table = forwardRef<HTMLTableElement, ComponentPropsWithoutRef<"table">>(function Table(
  { className, ...props },
  ref,
) {
  return <table ref={ref} className={cn("w-full caption-bottom text-body", className)} {...props} />;
});

export const TableHeader = forwardRef<HTMLTableSectionElement, ComponentPropsWithoutRef<"thead">>(
  function TableHeader({ className, ...props }, ref) {
    return (
      <thead ref={ref} className={cn("sticky top-0 z-10 bg-background text-meta", className)} {...props} />
    );
  },
);

export const TableBody = forwardRef<HTMLTableSectionElement, ComponentPropsWithoutRef<"tbody">>(
  function TableBody(props, ref) {
    return <tbody ref={ref} {...props} />;
  },
);

export const TableRow = forwardRef<HTMLTableRowElement, ComponentPropsWithoutRef<"tr">>(function TableRow(
  { className, ...props },
  ref,
) {
  return (
    <tr
      ref={ref}
      className={cn("border-b hover:bg-hover data-[state=selected]:bg-selected", className)}
      {...props}
    />
  );
});

export const TableHead = forwardRef<HTMLTableCellElement, ComponentPropsWithoutRef<"th">>(function TableHead(
  { className, ...props },
  ref,
) {
  return (
    <th
      ref={ref}
      scope="col"
      className={cn("h-8 whitespace-nowrap px-2 text-left font-medium text-faint", className)}
      {...props}
    />
  );
});

export const TableCell = forwardRef<HTMLTableCellElement, ComponentPropsWithoutRef<"td">>(function TableCell(
  { className, ...props },
  ref,
) {
  return <td ref={ref} className={cn("px-2", className)} {...props} />;
});
