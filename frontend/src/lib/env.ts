/** Where the page finds the server: always the origin it was loaded from. */
export const API_BASE = "/api/v1";
export const EVENTS_URL = `${API_BASE}/events`;
export const API_DOCS_URL = "/docs";
