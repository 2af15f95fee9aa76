import { containerImage, event } from './event.ts';
import { type Condition, fault, notDeleted, phase, stage } from './stage.ts';
import { conditions, neverRan, placed, status } from './templates.ts';

const REASON = '.status.containerStatuses[0].state.waiting.reason';

const NOT_FOUND =
  'printf "rpc error: code = NotFound desc = failed to pull and unpack image %q: failed to resolve reference %q: not found"';

/** The ConfigMap whose lack is told: the first that the first container takes its environment from. */
const CONFIG_MAP =
  '{{ $configMap := "app-config" }}{{ range ( index .spec.containers 0 ).envFrom }}{{ with .configMapRef }}{{ $configMap = .name }}{{ end }}{{ end }}';

/** Pods whose containers never start: an image that cannot be pulled, a ConfigMap that is missing. */
export function waitingStages(): object[] {
  return [
    stage({
      name: 'pod-image-fails',
      kind: 'Pod',
      weight: 1000,
      when: [notDeleted, phase('Pending'), fault('nopull'), waitsFor('NotIn', 'ErrImagePull')],
      after: 'if .status.containerStatuses then "20s" else "0s" end',
      steps: [
        status(
          'phase: Pending',
          ...placed,
          ...conditions(false),
          ...neverRan('ErrImagePull', `{{ ${NOT_FOUND} .image .image | Quote }}`),
        ),
        event(
          'Warning',
          'Failed',
          `( printf "Failed to pull image %q: %s" ${containerImage} ( ${NOT_FOUND} ${containerImage} ${containerImage} ) )`,
        ),
        event('Warning', 'Failed', '"Error: ErrImagePull"'),
      ],
    }),
    stage({
      name: 'pod-image-backs-off',
      kind: 'Pod',
      weight: 1000,
      when: [notDeleted, fault('nopull'), waitsFor('In', 'ErrImagePull')],
      after: '"2s"',
      steps: [
        status(
          ...neverRan(
            'ImagePullBackOff',
            `{{ printf "Back-off pulling image %q: ErrImagePull: %s" .image ( ${NOT_FOUND} .image .image ) | Quote }}`,
          ),
        ),
        event('Normal', 'BackOff', `( printf "Back-off pulling image %q" ${containerImage} )`),
        event('Warning', 'Failed', '"Error: ImagePullBackOff"'),
      ],
    }),
    stage({
      name: 'pod-config-missing',
      kind: 'Pod',
      weight: 1000,
      when: [
        notDeleted,
        phase('Pending'),
        fault('noconfig'),
        waitsFor('NotIn', 'CreateContainerConfigError'),
      ],
      steps: [
        status(
          CONFIG_MAP,
          'phase: Pending',
          ...placed,
          ...conditions(false),
          ...neverRan(
            'CreateContainerConfigError',
            '{{ printf "configmap %q not found" $configMap | Quote }}',
          ),
        ),
        event('Warning', 'Failed', '( printf "Error: configmap %q not found" $configMap )', CONFIG_MAP),
      ],
    }),
  ];
}

function waitsFor(operator: 'In' | 'NotIn', reason: string): Condition {
  return { key: REASON, operator, values: [reason] };
}
