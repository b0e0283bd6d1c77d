import { defineConfig } from "@hey-api/openapi-ts";

/** Types, axios client, zod schemas and query options, all made from openapi.json (`npm run client`). */
export default defineConfig({
  input: "./openapi.json",
  output: { path: "src/client", clean: true },
  plugins: [
    { name: "@hey-api/client-axios", baseUrl: false },
    { name: "@hey-api/typescript" },
    { name: "@hey-api/sdk" },
    { name: "zod", definitions: true, requests: false, responses: false },
    {
      name: "@tanstack/react-query",
      queryOptions: true,
      queryKeys: { tags: true },
      infiniteQueryOptions: false,
    },
  ],
});
