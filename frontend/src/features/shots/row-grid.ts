/** The columns of the table, shared by its head and its rows; the camera gives way where the work is narrow. */
export const ROW_GRID =
  "grid grid-cols-[16px_44px_64px_minmax(0,1fr)_44px_104px_88px] gap-x-2 px-3 @min-[720px]:grid-cols-[16px_44px_64px_minmax(0,1fr)_120px_44px_104px_88px]";
export const CAMERA_CELL = "hidden @min-[720px]:block";

export const HEIGHTS = { scene: 32, shot: 48, empty: 48 } as const;
export const PHONE_HEIGHTS = { scene: 44, shot: 84, empty: 60 } as const;

/** ARIA roles of the table: its rows are positioned one by one, which the parts of a `<table>` cannot be. */
export const GRID = { role: "grid" } as const;
export const ROW = { role: "row" } as const;
export const HEAD = { role: "columnheader" } as const;
export const CELL = { role: "gridcell" } as const;
