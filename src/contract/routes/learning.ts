/** What was run is judged, and what is learned from it. */
import { Feedback, FeedbackAnswer } from "../conversations.ts";
import { DatasetQuery } from "../datasets.ts";
import { api, megabyte, nothing, route, text } from "../route.ts";
import {
  NewValidation,
  Reference,
  ReferenceInfo,
  Review,
  ReviewQuery,
  Validation,
  ValidationPage,
  ValidationQuery,
} from "../validations.ts";

export const learningRoutes = {
  judgeExecution: route({
    method: "post",
    path: `${api}/tasks/:id/validations`,
    permission: "write",
    summary: "Say whether an execution's output was right, or what it should have been",
    body: NewValidation,
    answer: Validation,
    status: 201,
  }),
  listValidations: route({
    method: "get",
    path: `${api}/tasks/:id/validations`,
    permission: "read",
    summary: "Verdicts on a task's executions, newest first",
    query: ValidationQuery,
    answer: ValidationPage,
    status: 200,
  }),
  getReview: route({
    method: "get",
    path: `${api}/tasks/:id/review`,
    permission: "read",
    summary: "Sampled executions that nobody has judged yet, newest first",
    query: ReviewQuery,
    answer: Review,
    status: 200,
  }),
  setReference: route({
    method: "put",
    path: `${api}/tasks/:id/reference`,
    permission: "write",
    summary: "Labelled rows by which sampled executions with the same inputs are judged by themselves",
    body: Reference,
    answer: ReferenceInfo,
    status: 200,
    bodyLimit: 50 * megabyte,
  }),
  getDataset: route({
    method: "get",
    path: `${api}/tasks/:id/dataset`,
    permission: "read",
    summary: "A task's sampled executions, or the verdicts on them, as JSON lines, oldest first",
    query: DatasetQuery,
    answer: text,
    status: 200,
    contentType: "application/x-ndjson",
  }),
  deleteDataset: route({
    method: "delete",
    path: `${api}/tasks/:id/dataset`,
    permission: "write",
    summary: "Delete a task's dataset for good; its executions in the database stay",
    answer: nothing,
    status: 204,
  }),
  giveFeedback: route({
    method: "post",
    path: `${api}/feedback`,
    permission: "write",
    summary: "Rate an answer, a program or a run; a corrected output becomes an example of its task",
    body: Feedback,
    answer: FeedbackAnswer,
    status: 201,
  }),
} as const;
