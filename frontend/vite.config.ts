import { fileURLToPath } from "node:url";
import tailwindcss from "@tailwindcss/vite";
import react from "@vitejs/plugin-react";
import { defineConfig } from "vitest/config";

const target = process.env.AUTEUR_API_URL ?? `http://127.0.0.1:${process.env.AUTEUR_API_PORT ?? "8000"}`;
// The server compares Origin with Host; the short form would send its own address as Host.
const api = { target, changeOrigin: false, xfwd: true };
// In a container, where Nginx passes the pictures on otherwise. Their addresses are signed for the browser's Host.
const objects = process.env.AUTEUR_OBJECTS_URL
  ? {
      [`/${process.env.S3__BUCKET || "auteur-assets"}/`]: {
        target: process.env.AUTEUR_OBJECTS_URL,
        changeOrigin: false,
      },
    }
  : {};

export default defineConfig({
  plugins: [react(), tailwindcss()],
  resolve: { alias: { "@": fileURLToPath(new URL("./src", import.meta.url)) } },
  server: { proxy: { "/api": api, "/docs": api, "/openapi.json": api, ...objects } },
  build: {
    // The page is served under a strict content security policy: nothing inline, no data: scripts.
    modulePreload: { polyfill: false },
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 900,
  },
  test: {
    environment: "jsdom",
    setupFiles: ["src/testing/setup.ts"],
    include: ["src/**/*.test.{ts,tsx}", "*.test.ts"],
    globals: true,
    restoreMocks: true,
    testTimeout: 20_000,
  },
});
