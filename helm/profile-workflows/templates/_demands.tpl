{{- /* What a schema cannot say in a sentence that helps: values with which the service could not work. */ -}}
{{- define "profile-workflows.demands" -}}
{{- include "profile-workflows.demands.names" . -}}
{{- include "profile-workflows.demands.database" . -}}
{{- include "profile-workflows.demands.callers" . -}}
{{- include "profile-workflows.demands.settings" . -}}
{{- include "profile-workflows.demands.resources" . -}}
{{- include "profile-workflows.demands.pod" . -}}
{{- include "profile-workflows.demands.scaling" . -}}
{{- include "profile-workflows.demands.watching" . -}}
{{- end -}}

{{- define "profile-workflows.demands.names" -}}
{{- if not .Values.aws.region -}}
{{- fail "aws.region is missing: set it to the Region of Customer Profiles, as in eu-central-1" -}}
{{- end -}}
{{- $fullname := include "profile-workflows.fullname" . -}}
{{- if not (regexMatch "^[a-z]([a-z0-9-]*[a-z0-9])?$" $fullname) -}}
{{- fail (printf "%s cannot be the name of a Service, which begins with a letter and has no dots: choose another name for the release, or set fullnameOverride" $fullname) -}}
{{- end -}}
{{- if and .Values.serviceAccount.annotations (not .Values.serviceAccount.create) -}}
{{- fail "serviceAccount.annotations would have no effect with serviceAccount.create=false: put them on the ServiceAccount that serviceAccount.name names" -}}
{{- end -}}
{{- end -}}

{{- define "profile-workflows.demands.database" -}}
{{- if not .Values.database.url -}}
{{- fail "database.url is missing: set it to the PostgreSQL's address, as in jdbc:postgresql://host:5432/name" -}}
{{- end -}}
{{- if regexMatch "[?&](user|password)=" .Values.database.url -}}
{{- fail "database.url has a user or a password in it: put them into the Secret that database.existingSecret names" -}}
{{- end -}}
{{- if not .Values.database.existingSecret -}}
{{- fail "database.existingSecret is missing: name a Secret that holds the database's user and password" -}}
{{- end -}}
{{- end -}}

{{- define "profile-workflows.demands.callers" -}}
{{- $service := .Values.service -}}
{{- $jwt := .Values.security.jwt -}}
{{- if and .Values.security.enabled (not $jwt.issuerUri) (not $jwt.jwkSetUri) (not .Values.security.accessKeys.existingSecret) -}}
{{- fail "no way to authenticate callers is configured: set security.jwt.issuerUri, security.jwt.jwkSetUri or security.accessKeys.existingSecret, or security.enabled=false if nobody else can reach the service" -}}
{{- end -}}
{{- if and $jwt.audiences (not $jwt.issuerUri) (not $jwt.jwkSetUri) -}}
{{- fail "security.jwt.audiences has no effect alone: also set security.jwt.issuerUri or security.jwt.jwkSetUri" -}}
{{- end -}}
{{- if and .Values.security.enabled .Values.security.signIn.clientId (not $jwt.issuerUri) -}}
{{- fail "security.signIn.clientId needs an issuer to sign in at: also set security.jwt.issuerUri" -}}
{{- end -}}
{{- if and .Values.security.signIn.existingSecret (not .Values.security.signIn.clientId) -}}
{{- fail "security.signIn.existingSecret has no effect alone: also set security.signIn.clientId" -}}
{{- end -}}
{{- if .Values.tls.certificate.enabled -}}
{{- if .Values.tls.existingSecret -}}
{{- fail "tls.existingSecret and tls.certificate.enabled both name a certificate: choose one" -}}
{{- end -}}
{{- if not .Values.tls.certificate.issuerRef.name -}}
{{- fail "tls.certificate.issuerRef is missing: name cert-manager's issuer, as in {name: internal, kind: ClusterIssuer}" -}}
{{- end -}}
{{- end -}}
{{- if eq $service.type "ClusterIP" -}}
{{- range $name := list "nodePort" "externalTrafficPolicy" -}}
{{- if index $service $name -}}
{{- fail (printf "service.%s needs service.type NodePort or LoadBalancer" $name) -}}
{{- end -}}
{{- end -}}
{{- end -}}
{{- if ne $service.type "LoadBalancer" -}}
{{- range $name := list "loadBalancerSourceRanges" "loadBalancerClass" -}}
{{- if index $service $name -}}
{{- fail (printf "service.%s needs service.type LoadBalancer" $name) -}}
{{- end -}}
{{- end -}}
{{- end -}}
{{- if and .Values.ingress.enabled (not .Values.ingress.hosts) -}}
{{- fail "ingress.hosts is empty: name at least one host" -}}
{{- end -}}
{{- if and .Values.httpRoute.enabled (not .Values.httpRoute.parentRefs) -}}
{{- fail "httpRoute.parentRefs is empty: name the Gateway, as in [{name: public, namespace: gateways}]" -}}
{{- end -}}
{{- end -}}

{{- /* The service would refuse them, too, but only when its pods start. */ -}}
{{- define "profile-workflows.demands.settings" -}}
{{- $usual := dict "outbox.lease" "60s" "upstream.call-timeout" "30s" "retention.finished-workflows" "90d" "retention.history" "180d" -}}
{{- $millis := dict -}}
{{- $said := dict -}}
{{- range $section, $members := .Values.settings -}}
{{- range $name, $value := $members -}}
{{- if and (kindIs "string" $value) (regexMatch "^[0-9]+(ms|s|m|h|d)$" $value) -}}
{{- $_ := set $said (printf "%s.%s" $section $name) $value -}}
{{- end -}}
{{- end -}}
{{- end -}}
{{- $all := merge $said $usual -}}
{{- range $name, $value := $all -}}
{{- $_ := set $millis $name (include "profile-workflows.millis" $value | int64) -}}
{{- end -}}
{{- $least := dict "outbox.poll-interval" "10ms" "outbox.first-retry-after" "1ms" "outbox.max-retry-after" "1ms" "upstream.call-timeout" "100ms" "upstream.circuit-open-for" "100ms" "watching.poll-interval" "10ms" "watching.heartbeat" "10ms" "watching.longest-stream" "10ms" "preflight.time-limit" "100ms" "limits.body-time" "10ms" "retention.finished-workflows" "7d" "operations.keep-for" "1h" -}}
{{- range $name, $limit := $least -}}
{{- if and (hasKey $millis $name) (lt (index $millis $name) (include "profile-workflows.millis" $limit | int64)) -}}
{{- fail (printf "settings.%s is %s, and the service needs at least %s" $name (index $all $name) $limit) -}}
{{- end -}}
{{- end -}}
{{- if and (hasKey $millis "preflight.time-limit") (gt (index $millis "preflight.time-limit") 60000) -}}
{{- fail (printf "settings.preflight.time-limit is %s, and the service allows at most 60s" (index $all "preflight.time-limit")) -}}
{{- end -}}
{{- if le (index $millis "outbox.lease") (add (index $millis "upstream.call-timeout") 10000) -}}
{{- fail (printf "settings.outbox.lease is %s and must be longer than settings.upstream.call-timeout (%s) and 10 seconds" (index $all "outbox.lease") (index $all "upstream.call-timeout")) -}}
{{- end -}}
{{- if lt (index $millis "retention.history") (index $millis "retention.finished-workflows") -}}
{{- fail (printf "settings.retention.history is %s and must be at least as long as settings.retention.finished-workflows (%s)" (index $all "retention.history") (index $all "retention.finished-workflows")) -}}
{{- end -}}
{{- if and (hasKey $millis "outbox.shutdown-grace") (gt (index $millis "outbox.shutdown-grace") (mul 1000 (int .Values.shutdown.drainSeconds))) -}}
{{- fail (printf "settings.outbox.shutdown-grace is %s, but a stop gives work in flight only shutdown.drainSeconds (%d)" (index $all "outbox.shutdown-grace") (int .Values.shutdown.drainSeconds)) -}}
{{- end -}}
{{- end -}}

{{- define "profile-workflows.demands.resources" -}}
{{- range $name := list "cpu" "memory" -}}
{{- $request := index ($.Values.resources.requests | default dict) $name -}}
{{- $limit := index ($.Values.resources.limits | default dict) $name -}}
{{- if and $request $limit (gt (include "profile-workflows.number" $request | float64) (include "profile-workflows.number" $limit | float64)) -}}
{{- fail (printf "resources.requests.%s is %v and more than resources.limits.%s, %v" $name $request $name $limit) -}}
{{- end -}}
{{- end -}}
{{- with (.Values.resources.limits | default dict).memory -}}
{{- $limit := divf (include "profile-workflows.number" . | float64) 1048576.0 -}}
{{- if lt $limit 448.0 -}}
{{- fail (printf "resources.limits.memory is %v: the service needs at least 448Mi, and was measured with 512Mi" .) -}}
{{- end -}}
{{- $heap := mulf $limit 0.25 -}}
{{- with regexFind "-XX:MaxRAMPercentage=[0-9.]+" $.Values.javaOptions -}}
{{- $heap = mulf $limit (divf (trimPrefix "-XX:MaxRAMPercentage=" . | float64) 100.0) -}}
{{- end -}}
{{- with regexFind "-Xmx[0-9]+[kmgKMG]?" $.Values.javaOptions -}}
{{- $size := trimPrefix "-Xmx" . -}}
{{- $unit := regexFind "[kmg]?$" (lower $size) -}}
{{- $heap = divf (mulf (regexFind "^[0-9]+" $size | float64) (index (dict "" 1.0 "k" 1024.0 "m" 1048576.0 "g" 1073741824.0) $unit)) 1048576.0 -}}
{{- end -}}
{{- if gt (addf $heap 192.0) $limit -}}
{{- fail (printf "javaOptions give the heap %.0fMi of resources.limits.memory, %v: the rest of the process needs 192Mi more" $heap .) -}}
{{- end -}}
{{- end -}}
{{- end -}}

{{- /* What is there twice is lost, or refused by the API server once pods are to be made. */ -}}
{{- define "profile-workflows.demands.pod" -}}
{{- $labels := include "profile-workflows.labels" . | fromYaml -}}
{{- $more := dict "podLabels" .Values.podLabels "serviceMonitor.labels" .Values.serviceMonitor.labels "prometheusRule.labels" .Values.prometheusRule.labels "grafanaDashboard.labels" .Values.grafanaDashboard.labels -}}
{{- range $value, $own := $more -}}
{{- range $name, $_ := $own -}}
{{- if hasKey $labels $name -}}
{{- fail (printf "%s has %s, which the chart sets itself: leave it out" $value $name) -}}
{{- end -}}
{{- end -}}
{{- end -}}
{{- if hasKey .Values.podAnnotations "checksum/config" -}}
{{- fail "podAnnotations has checksum/config, which the chart sets itself: leave it out" -}}
{{- end -}}
{{- $instead := dict "SPRING_CONFIG_ADDITIONALLOCATION" "extraVolumes" "SERVER_PORT" "service.port" "MANAGEMENT_SERVER_PORT" "service.managementPort" "SPRING_DATASOURCE_USERNAME" "database.existingSecret" "SPRING_DATASOURCE_PASSWORD" "database.existingSecret" "SPRING_DATASOURCE_URL" "database.url" "AWS_REGION" "aws.region" -}}
{{- if .Values.aws.customerProfilesEndpoint -}}
{{- $_ := set $instead "AWS_ENDPOINT_URL_CUSTOMER_PROFILES" "aws.customerProfilesEndpoint" -}}
{{- end -}}
{{- if .Values.javaOptions -}}
{{- $_ := set $instead "JDK_JAVA_OPTIONS" "javaOptions" -}}
{{- end -}}
{{- if .Values.telemetry.otlpEndpoint -}}
{{- $instead = merge $instead (dict "OTEL_EXPORTER_OTLP_ENDPOINT" "telemetry.otlpEndpoint" "OTEL_METRICS_EXPORTER" "telemetry.metrics" "OTEL_RESOURCE_ATTRIBUTES" "telemetry" "POD_NAME" "another name") -}}
{{- end -}}
{{- $variables := list -}}
{{- range .Values.extraEnv -}}
{{- if hasKey $instead .name -}}
{{- fail (printf "extraEnv has %s, which the chart sets itself: use %s" .name (index $instead .name)) -}}
{{- end -}}
{{- if has .name $variables -}}
{{- fail (printf "extraEnv has %s twice" .name) -}}
{{- end -}}
{{- $variables = append $variables .name -}}
{{- end -}}
{{- $volumes := list "config" "tmp" "access-keys" "tls" -}}
{{- range .Values.extraVolumes -}}
{{- if has .name $volumes -}}
{{- fail (printf "extraVolumes has %v, which exists already: choose another name" .name) -}}
{{- end -}}
{{- $volumes = append $volumes .name -}}
{{- end -}}
{{- $paths := list "/etc/profile-workflows" "/tmp" "/etc/profile-workflows-access-keys" "/etc/profile-workflows-tls" -}}
{{- range .Values.extraVolumeMounts -}}
{{- if not (has .name $volumes) -}}
{{- fail (printf "extraVolumeMounts mounts %v, which is not in extraVolumes" .name) -}}
{{- end -}}
{{- if has .mountPath $paths -}}
{{- fail (printf "extraVolumeMounts mounts a volume at %v, where another one is mounted already" .mountPath) -}}
{{- end -}}
{{- $paths = append $paths .mountPath -}}
{{- end -}}
{{- $containers := list "profile-workflows" -}}
{{- range .Values.initContainers -}}
{{- if has .name $containers -}}
{{- fail (printf "initContainers has %s, and there is a container of that name: choose another" .name) -}}
{{- end -}}
{{- $containers = append $containers .name -}}
{{- end -}}
{{- $kube := .Capabilities.KubeVersion.Version -}}
{{- if and (gt (int .Values.shutdown.preStopSeconds) 0) (semverCompare "<1.30.0-0" $kube) -}}
{{- fail (printf "shutdown.preStopSeconds needs Kubernetes 1.30, and this is %s: set it to 0" $kube) -}}
{{- end -}}
{{- end -}}

{{- define "profile-workflows.demands.scaling" -}}
{{- $autoscaling := .Values.autoscaling -}}
{{- if and $autoscaling.enabled .Values.keda.enabled -}}
{{- fail "autoscaling.enabled and keda.enabled would both set the number of pods: choose one" -}}
{{- end -}}
{{- range $scaler := list "autoscaling" "keda" -}}
{{- with index $.Values $scaler -}}
{{- if and .enabled (gt (int .minReplicas) (int .maxReplicas)) -}}
{{- fail (printf "%s.minReplicas is more than %s.maxReplicas" $scaler $scaler) -}}
{{- end -}}
{{- end -}}
{{- end -}}
{{- if $autoscaling.enabled -}}
{{- if not (or $autoscaling.targetCPUUtilizationPercentage $autoscaling.targetMemoryUtilizationPercentage $autoscaling.backlog.type) -}}
{{- fail "autoscaling has no metric: set targetCPUUtilizationPercentage, targetMemoryUtilizationPercentage or backlog.type" -}}
{{- end -}}
{{- range $name, $target := dict "cpu" $autoscaling.targetCPUUtilizationPercentage "memory" $autoscaling.targetMemoryUtilizationPercentage -}}
{{- if and $target (not (index ($.Values.resources.requests | default dict) $name)) -}}
{{- fail (printf "autoscaling needs the requested %s, and resources.requests.%s is missing" $name $name) -}}
{{- end -}}
{{- end -}}
{{- end -}}
{{- if .Values.keda.enabled -}}
{{- if not .Values.keda.prometheusAddress -}}
{{- fail "keda.prometheusAddress is missing: set it to the Prometheus that scrapes the pods, as in http://prometheus.monitoring:9090" -}}
{{- end -}}
{{- if not (or .Values.serviceMonitor.enabled .Values.keda.query) -}}
{{- fail "keda.enabled needs metrics with the labels of a ServiceMonitor: set serviceMonitor.enabled, or keda.query for other labels" -}}
{{- end -}}
{{- end -}}
{{- $surge := toString .Values.rollout.maxSurge | trimSuffix "%" -}}
{{- $unavailable := toString .Values.rollout.maxUnavailable | trimSuffix "%" -}}
{{- if and (eq (int $surge) 0) (eq (int $unavailable) 0) -}}
{{- fail "rollout.maxSurge and rollout.maxUnavailable are both 0: an update could never begin" -}}
{{- end -}}
{{- if and .Values.podDisruptionBudget.enabled (eq (toString .Values.podDisruptionBudget.maxUnavailable | trimSuffix "%" | int) 0) -}}
{{- fail "podDisruptionBudget.maxUnavailable is 0: a node with a pod could never be drained" -}}
{{- end -}}
{{- end -}}

{{- define "profile-workflows.demands.watching" -}}
{{- if .Values.serviceMonitor.enabled -}}
{{- $interval := .Values.serviceMonitor.interval -}}
{{- $timeout := .Values.serviceMonitor.scrapeTimeout -}}
{{- if gt (include "profile-workflows.millis" $timeout | int64) (include "profile-workflows.millis" $interval | int64) -}}
{{- fail (printf "serviceMonitor.scrapeTimeout is %s and longer than serviceMonitor.interval, %s" $timeout $interval) -}}
{{- end -}}
{{- end -}}
{{- end -}}
