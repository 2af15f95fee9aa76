import type { V1Deployment, V1PodTemplateSpec, V1ReplicaSet, V1Pod } from '@kubernetes/client-node';

/** An API type as it stands in the JSON of a response: dates are still RFC 3339 strings, unknown fields are kept. */
export type Json<T> = T extends Date
  ? string
  : T extends readonly (infer Item)[]
    ? Json<Item>[]
    : T extends object
      ? { [Key in keyof T]: Json<T[Key]> }
      : T;

export type DeploymentJson = Json<V1Deployment>;
export type ReplicaSetJson = Json<V1ReplicaSet>;
export type PodJson = Json<V1Pod>;
export type PodTemplateJson = Json<V1PodTemplateSpec>;
