/** Every address of the page, in one place. */
export const paths = {
  signIn: "/sign-in",
  projects: "/projects",
  settings: "/settings",
  project: (projectId: string) => `/projects/${projectId}`,
  section: (projectId: string, segment: string) => `/projects/${projectId}/${segment}`,
  draft: (projectId: string, draftId: string) => `/projects/${projectId}/script/drafts/${draftId}`,
};
