import type {
  V1Container,
  V1ContainerStateTerminated,
  V1ContainerStatus,
  V1Deployment,
  V1Pod,
  V1PodTemplateSpec,
  V1Probe,
  V1ReplicaSet,
  V1Volume,
} from '@kubernetes/client-node';

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
export type ContainerJson = Json<V1Container>;
export type ContainerStatusJson = Json<V1ContainerStatus>;
export type ContainerEndJson = Json<V1ContainerStateTerminated>;
export type ProbeJson = Json<V1Probe>;
export type VolumeJson = Json<V1Volume>;
