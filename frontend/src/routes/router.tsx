/** The URL map. */
import { createBrowserRouter, Navigate, type RouteObject } from "react-router";
import { BrokenPage } from "./broken-page";
import { paths } from "./paths";
import { SECTIONS } from "./sections";

export const routes: RouteObject[] = [
  {
    ErrorBoundary: BrokenPage,
    HydrateFallback: () => null,
    children: [
      { path: "/sign-in", lazy: () => import("./screens/sign-in") },
      {
        lazy: () => import("./session-layout"),
        children: [
          { index: true, element: <Navigate to={paths.projects} replace /> },
          {
            lazy: () => import("./account-layout"),
            children: [
              { path: "/projects", lazy: () => import("./screens/projects") },
              { path: "/settings", lazy: () => import("./screens/settings") },
            ],
          },
          {
            path: "/projects/:projectId",
            lazy: () => import("./project-layout"),
            children: [
              { index: true, lazy: () => import("./screens/project") },
              { path: "script/drafts/:draftId", lazy: () => import("./screens/draft") },
              ...SECTIONS.map(({ segment, load }) => ({ path: segment, lazy: load })),
            ],
          },
        ],
      },
      { path: "*", lazy: () => import("./screens/not-found") },
    ],
  },
];

export const createRouter = () => createBrowserRouter(routes);
