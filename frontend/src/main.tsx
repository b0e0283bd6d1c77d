/** Starts the page. */
import { QueryClientProvider } from "@tanstack/react-query";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { RouterProvider } from "react-router";
import { z } from "zod";
import { Toaster } from "@/components/ui/sonner";
import { TooltipProvider } from "@/components/ui/tooltip";
import { createQueryClient } from "@/lib/query";
import { watchSession } from "@/lib/session";
import { startTheme } from "@/lib/theme";
import { createRouter } from "@/routes/router";
import "./index.css";

// Its compiled validators need eval, which the content security policy forbids.
z.config({ jitless: true });
startTheme();
const queryClient = createQueryClient();
const router = createRouter();
watchSession(queryClient, (path) => router.navigate(path, { replace: true }));

const root = document.getElementById("root");
if (!root) throw new Error("index.html has no #root");
createRoot(root).render(
  <StrictMode>
    <QueryClientProvider client={queryClient}>
      <TooltipProvider>
        <RouterProvider router={router} />
        <Toaster />
      </TooltipProvider>
    </QueryClientProvider>
  </StrictMode>,
);
