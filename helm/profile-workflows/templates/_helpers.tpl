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

{{- /* Of an address with http or https. */ -}}
{{- define "profile-workflows.portOf" -}}
{{- $address := urlParse . -}}
{{- $port := regexFind ":[0-9]+$" $address.host | trimPrefix ":" -}}
{{- $port | default (ternary "443" "80" (eq $address.scheme "https")) -}}
{{- end -}}

{{- /* Of each host in database.url. */ -}}
{{- define "profile-workflows.databasePorts" -}}
{{- $ports := list -}}
{{- if .Values.networkPolicy.database.port -}}
{{- $ports = list (int .Values.networkPolicy.database.port) -}}
{{- else -}}
{{- range regexFind "//[^/?]*" .Values.database.url | splitList "," -}}
{{- $ports = append $ports (regexFind ":[0-9]+$" . | trimPrefix ":" | default "5432" | int) -}}
{{- end -}}
{{- end -}}
{{- $ports | uniq | toJson -}}
{{- end -}}

{{- define "profile-workflows.httpsPorts" -}}
{{- $ports := list -}}
{{- range .Values.networkPolicy.https.ports -}}
{{- $ports = append $ports (int .) -}}
{{- end -}}
{{- $addresses := list .Values.aws.customerProfilesEndpoint -}}
{{- if .Values.security.enabled -}}
{{- $addresses = concat $addresses (list .Values.security.jwt.issuerUri .Values.security.jwt.jwkSetUri) -}}
{{- end -}}
{{- range compact $addresses -}}
{{- $ports = append $ports (include "profile-workflows.portOf" . | int) -}}
{{- end -}}
{{- $ports | uniq | toJson -}}
{{- end -}}

{{- /* Not empty where requests come from addresses of nodes or of load balancers, which are no pods. */ -}}
{{- define "profile-workflows.comesFromOutside" -}}
{{- if ne .Values.service.type "ClusterIP" -}}
service.type={{ .Values.service.type }}
{{- else if .Values.ingress.enabled -}}
{{- $class := .Values.ingress.className | default (index .Values.ingress.annotations "kubernetes.io/ingress.class") | default "" -}}
{{- if or (has $class (list "alb" "gce" "gce-internal")) (index .Values.ingress.annotations "alb.ingress.kubernetes.io/target-type") -}}
an Ingress of class {{ $class | default "alb" }}
{{- end -}}
{{- end -}}
{{- end -}}

{{- define "profile-workflows.tlsSecret" -}}
{{- if .Values.tls.certificate.enabled -}}
{{- printf "%s-tls" (include "profile-workflows.fullname" .) -}}
{{- else -}}
{{- .Values.tls.existingSecret -}}
{{- end -}}
{{- end -}}

{{- /* A Job's pod must not get requests. */ -}}
{{- define "profile-workflows.migrationLabels" -}}
app.kubernetes.io/name: {{ include "profile-workflows.name" . }}-migration
app.kubernetes.io/instance: {{ .Release.Name }}
{{- end -}}

{{- define "profile-workflows.databaseEnv" -}}
- name: SPRING_DATASOURCE_USERNAME
  valueFrom:
    secretKeyRef:
      name: {{ .Values.database.existingSecret }}
      key: {{ .Values.database.usernameKey }}
- name: SPRING_DATASOURCE_PASSWORD
  valueFrom:
    secretKeyRef:
      name: {{ .Values.database.existingSecret }}
      key: {{ .Values.database.passwordKey }}
{{- end -}}

{{- /* A quantity of Kubernetes as a plain number, as 512Mi or 250m. */ -}}
{{- define "profile-workflows.number" -}}
{{- $text := toString . -}}
{{- $unit := regexFind "(m|[kMGTP]i?|Ki)$" $text -}}
{{- $units := dict "" 1.0 "m" 0.001 "k" 1e3 "M" 1e6 "G" 1e9 "T" 1e12 "P" 1e15 "Ki" 1024.0 "Mi" 1048576.0 "Gi" 1073741824.0 "Ti" 1099511627776.0 "Pi" 1125899906842624.0 -}}
{{- mulf (float64 (trimSuffix $unit $text)) (index $units $unit) | printf "%.3f" -}}
{{- end -}}

{{- /* A duration of the service's settings in milliseconds, as 30s or 90d. */ -}}
{{- define "profile-workflows.millis" -}}
{{- $unit := regexFind "(ms|s|m|h|d)$" . -}}
{{- mul (trimSuffix $unit . | int64) (index (dict "ms" 1 "s" 1000 "m" 60000 "h" 3600000 "d" 86400000) $unit) -}}
{{- end -}}
