{{/* One app as a Deployment. Call with dict "root" $ "app" <name> "settings" <values of the app> "port" <number> "portVariable" <name>
     "hostVariable" <name of the variable for the address that the probes ask; without it the app listens on loopback>
     "livePath" and "readyPath" <paths of the probes>. */}}
{{- define "drydock.deployment" -}}
apiVersion: apps/v1
kind: Deployment
metadata:
  name: {{ .root.Release.Name }}-{{ .app }}
  labels: {{- include "drydock.labels" . | nindent 4 }}
spec:
  replicas: {{ .settings.replicas }}
  selector:
    matchLabels: {{- include "drydock.labels" . | nindent 6 }}
  template:
    metadata:
      labels: {{- include "drydock.labels" . | nindent 8 }}
      {{- if and .hostVariable .root.Values.metrics.scrape }}
      annotations:
        prometheus.io/scrape: "true"
        prometheus.io/port: "{{ .port }}"
        prometheus.io/path: /metrics
      {{- end }}
    spec:
      securityContext:
        runAsNonRoot: true
        runAsUser: 10001
        fsGroup: 10001
      containers:
        - name: {{ .app }}
          image: "{{ .root.Values.image.repository }}:{{ .root.Values.image.tag | default .root.Chart.AppVersion }}"
          imagePullPolicy: {{ .root.Values.image.pullPolicy }}
          args: ["{{ .app }}"]
          securityContext:
            allowPrivilegeEscalation: false
            readOnlyRootFilesystem: true
            capabilities:
              drop: [ALL]
          env:
            - name: DRYDOCK_SECRET_KEY_FILE
              value: /etc/drydock/secret-key
            - name: {{ .portVariable }}
              value: "{{ .port }}"
            {{- with .hostVariable }}
            - name: {{ . }}
              valueFrom:
                fieldRef:
                  fieldPath: status.podIP
            {{- end }}
            {{- range $name, $value := .root.Values.env }}
            - name: {{ $name }}
              value: {{ $value | quote }}
            {{- end }}
            {{- range $name := list "DATABASE_URL" "DATABASE_DIRECT_URL" "REDIS_URL" }}
            - name: {{ $name }}
              valueFrom:
                secretKeyRef:
                  name: {{ $.root.Values.existingSecret }}
                  key: {{ $name }}
            {{- end }}
          ports:
            - name: http
              containerPort: {{ .port }}
          livenessProbe:
            httpGet: { path: {{ .livePath }}, port: http }
          readinessProbe:
            httpGet: { path: {{ .readyPath }}, port: http }
          resources: {{- toYaml .root.Values.resources | nindent 12 }}
          volumeMounts:
            - name: secret-key
              mountPath: /etc/drydock
              readOnly: true
      volumes:
        - name: secret-key
          secret:
            secretName: {{ .root.Values.existingSecret }}
            items:
              - key: secret-key
                path: secret-key
                mode: 0400
{{- end }}

{{- define "drydock.labels" -}}
app.kubernetes.io/name: drydock
app.kubernetes.io/instance: {{ .root.Release.Name }}
app.kubernetes.io/component: {{ .app }}
{{- end }}
