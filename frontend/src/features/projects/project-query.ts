/** The one way the list of projects is asked for, so that all who show it share the cache. */
export const PROJECT_LIST_QUERY = { query: { limit: 200 } };
