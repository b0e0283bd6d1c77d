import { fileURLToPath } from "node:url";
import tailwindcss from "@tailwindcss/vite";
import react from "@vitejs/plugin-react";
import { defineConfig } from "vitest/config";

const api = {
  target: `http://127.0.0.1:${process.env.AUTEUR_API_PORT ?? "8000"}`,
  // The server compares Origin with Host; the short form would send its own address as Host.
  changeOrigin: false,
};

export default defineConfig({
  plugins: [react(), tailwindcss()],
  resolve: { alias: { "@": fileURLToPath(new URL("./src", import.meta.url)) } },
  server: { proxy: { "/api": api, "/docs": api, "/openapi.json": api } },
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
