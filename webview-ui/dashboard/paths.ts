/** The addresses the page asks, as the contract's routes have them. */
const task = (id: string): string => `/api/v1/tasks/${encodeURIComponent(id)}`;

export const paths = {
  health: "/health",
  stats: "/stats",
  session: "/api/v1/dashboard/session",
  overview: "/api/v1/dashboard",
  task,
  analytics: (id: string) => `/api/v1/analytics/${encodeURIComponent(id)}`,
  learning: (id: string) => `${task(id)}/learning`,
  acceptInputs: (id: string) => `${task(id)}/learning/accept-inputs`,
  rollout: (id: string) => `${task(id)}/rollout`,
  rollback: (id: string) => `${task(id)}/rollback`,
  disagreements: (id: string) => `${task(id)}/rollout/disagreements`,
  replay: (id: string, version: number) => `${task(id)}/replay?version=${version}`,
  improvements: (id: string) => `${task(id)}/improvements`,
  improve: (id: string) => `${task(id)}/improve`,
  review: (id: string) => `${task(id)}/review?limit=20`,
  reference: (id: string) => `${task(id)}/reference`,
  artifacts: (id: string) => `/api/v1/artifacts/${encodeURIComponent(id)}`,
  validations: (id: string) => `${task(id)}/validations`,
};
