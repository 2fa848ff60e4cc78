{{- define "profile-workflows.name" -}}
{{- default .Chart.Name .Values.nameOverride | trunc 50 | trimSuffix "-" -}}
{{- end -}}

{{- define "profile-workflows.fullname" -}}
{{- if .Values.fullnameOverride -}}
{{- .Values.fullnameOverride | trunc 50 | trimSuffix "-" -}}
{{- else -}}
{{- $name := include "profile-workflows.name" . -}}
{{- if contains $name .Release.Name -}}
{{- .Release.Name | trunc 50 | trimSuffix "-" -}}
{{- else -}}
{{- printf "%s-%s" .Release.Name $name | trunc 50 | trimSuffix "-" -}}
{{- end -}}
{{- end -}}
{{- end -}}

{{- /* A Deployment's selector can never be changed: nothing may go in here that changes with a version or a value. */ -}}
{{- define "profile-workflows.selectorLabels" -}}
app.kubernetes.io/name: {{ include "profile-workflows.name" . }}
app.kubernetes.io/instance: {{ .Release.Name }}
{{- end -}}

{{- define "profile-workflows.commonLabels" -}}
helm.sh/chart: {{ printf "%s-%s" .Chart.Name .Chart.Version | replace "+" "_" | trunc 63 | trimSuffix "-" }}
app.kubernetes.io/version: {{ .Values.image.tag | default .Chart.AppVersion | trunc 63 | trimSuffix "-" | quote }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
{{- end -}}

{{- define "profile-workflows.labels" -}}
{{ include "profile-workflows.selectorLabels" . }}
{{ include "profile-workflows.commonLabels" . }}
{{- end -}}

{{- /* Not the selector's: a test's pod must not get requests. */ -}}
{{- define "profile-workflows.testLabels" -}}
app.kubernetes.io/name: {{ include "profile-workflows.name" . }}-test
app.kubernetes.io/instance: {{ .Release.Name }}
{{- end -}}

{{- define "profile-workflows.serviceAccountName" -}}
{{- if .Values.serviceAccount.create -}}
{{- .Values.serviceAccount.name | default (include "profile-workflows.fullname" .) -}}
{{- else -}}
{{- .Values.serviceAccount.name | default "default" -}}
{{- end -}}
{{- end -}}

{{- define "profile-workflows.image" -}}
{{- if .Values.image.digest -}}
{{- printf "%s@%s" .Values.image.repository .Values.image.digest -}}
{{- else -}}
{{- printf "%s:%s" .Values.image.repository (.Values.image.tag | default .Chart.AppVersion) -}}
{{- end -}}
{{- end -}}

{{- /* The two phases of a stop, work in flight and then requests, may take drainSeconds each. */ -}}
{{- define "profile-workflows.gracePeriod" -}}
{{- add (int .Values.shutdown.preStopSeconds) (mul 2 (int .Values.shutdown.drainSeconds)) 10 -}}
{{- end -}}

{{- /* What a schema cannot say in a sentence that helps. */ -}}
{{- define "profile-workflows.demands" -}}
{{- $kube := .Capabilities.KubeVersion.Version -}}
{{- if not .Values.aws.region -}}
{{- fail "aws.region is missing: set it to the Region of Customer Profiles, as in eu-central-1" -}}
{{- end -}}
{{- if not .Values.database.url -}}
{{- fail "database.url is missing: set it to the PostgreSQL's address, as in jdbc:postgresql://host:5432/name" -}}
{{- end -}}
{{- if regexMatch "[?&](user|password)=" .Values.database.url -}}
{{- fail "database.url has a user or a password in it: they belong into the Secret that database.existingSecret names" -}}
{{- end -}}
{{- if not .Values.database.existingSecret -}}
{{- fail "database.existingSecret is missing: name a Secret that holds the database's user and password" -}}
{{- end -}}
{{- if and .Values.security.enabled (not .Values.security.jwt.issuerUri) (not .Values.security.jwt.jwkSetUri) (not .Values.security.accessKeys.existingSecret) -}}
{{- fail "nothing would authenticate callers: set security.jwt.issuerUri, security.jwt.jwkSetUri or security.accessKeys.existingSecret, or choose security.enabled=false where nobody else can reach the service" -}}
{{- end -}}
{{- if and .Values.autoscaling.enabled .Values.keda.enabled -}}
{{- fail "autoscaling.enabled and keda.enabled would fight over the number of pods: choose one" -}}
{{- end -}}
{{- range $scaler := list "autoscaling" "keda" -}}
{{- with index $.Values $scaler -}}
{{- if and .enabled (gt (int .minReplicas) (int .maxReplicas)) -}}
{{- fail (printf "%s.minReplicas is more than %s.maxReplicas" $scaler $scaler) -}}
{{- end -}}
{{- end -}}
{{- end -}}
{{- if and .Values.keda.enabled (not .Values.keda.prometheusAddress) -}}
{{- fail "keda.prometheusAddress is missing: set it to the Prometheus that scrapes the pods, as in http://prometheus.monitoring:9090" -}}
{{- end -}}
{{- if and .Values.ingress.enabled (not .Values.ingress.hosts) -}}
{{- fail "ingress.hosts is empty: name at least one host" -}}
{{- end -}}
{{- if and (eq (int .Values.rollout.maxSurge) 0) (eq (int .Values.rollout.maxUnavailable) 0) -}}
{{- fail "rollout.maxSurge and rollout.maxUnavailable are both 0: no update could ever begin" -}}
{{- end -}}
{{- if and (gt (int .Values.shutdown.preStopSeconds) 0) (semverCompare "<1.30.0-0" $kube) -}}
{{- fail (printf "shutdown.preStopSeconds needs Kubernetes 1.30, and this is %s: set it to 0" $kube) -}}
{{- end -}}
{{- end -}}

{{- define "profile-workflows.otlpPort" -}}
{{- $address := urlParse .Values.telemetry.otlpEndpoint -}}
{{- $port := regexFind ":[0-9]+$" $address.host | trimPrefix ":" -}}
{{- $port | default (ternary "443" "80" (eq $address.scheme "https")) -}}
{{- end -}}
