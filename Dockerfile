# syntax=docker/dockerfile:1
# docker build -t profile-workflows .                           the service
# docker build -t profile-workflows-simulator --target simulator .   a simulated Customer Profiles, for docker-compose.yml

# What the image is built from, by digest so that it is the same tomorrow, and by tag so that one can read it;
# docs/releasing.md tells how they are renewed.
ARG MAVEN_IMAGE=maven:3.9-eclipse-temurin-25@sha256:93b8a14ea2f412782e4e842651273b4d903e35cc496284f178fbbe2d67d00976
ARG JRE_IMAGE=eclipse-temurin:25-jre@sha256:8da0490fa9a3c26867012019565948eef0ee69438f5c75ac28146967bae984b5

FROM ${MAVEN_IMAGE} AS build
WORKDIR /build
COPY pom.xml ./
COPY .mvn .mvn
COPY src src
# for the commit at /actuator/info; an archive of the sources has none, which the pattern allows, and in a worktree or a
# submodule it is a file that names a place which is not here
COPY .gi[t] .git/
RUN --mount=type=cache,target=/maven \
	[ -d .git/objects ] || rm -rf .git; \
	mvn -Dmaven.repo.local=/maven package -q -DskipTests

FROM build AS layers
# the time of a file is a part of its layer: with that of the build, a release would move dependencies that did not change
RUN java -Djarmode=tools -jar target/profile-workflows.jar extract --layers --destination /layers \
	&& find /layers -exec touch -d 2000-01-01T00:00:00Z {} +

FROM build AS test-classpath
RUN --mount=type=cache,target=/maven \
	mvn -Dmaven.repo.local=/maven dependency:copy-dependencies -q -DincludeScope=test -DoutputDirectory=/classpath

FROM ${JRE_IMAGE} AS simulator
WORKDIR /simulator
COPY --from=build /build/target/profile-workflows-simulator.jar ./
USER 10001:10001
EXPOSE 8090
ENTRYPOINT ["java", "-jar", "profile-workflows-simulator.jar", "--bind=0.0.0.0", "--port=8090"]

FROM ${JRE_IMAGE} AS training
# the very place and JVM that it will run on, or the cache would not fit
WORKDIR /application
COPY --from=layers /layers/dependencies/ ./
COPY --from=layers /layers/snapshot-dependencies/ ./
COPY --from=layers /layers/application/ ./
COPY --from=test-classpath /classpath /training/lib
COPY --from=test-classpath /build/target/classes /training/classes
COPY --from=test-classpath /build/target/test-classes /training/test-classes
COPY image/ /image/
ENV TRAINING_CLASSPATH=/training/test-classes:/training/classes:/training/lib/*
# the PostgreSQL of the training refuses root
USER nobody
RUN ["/image/train", "/application", "/tmp/profile-workflows.aot"]

FROM ${JRE_IMAGE} AS service
WORKDIR /application
# what changes seldom comes first, so that a release moves the application and the cache only (docs/performance.md)
COPY --from=layers /layers/dependencies/ ./
COPY --from=layers /layers/snapshot-dependencies/ ./
COPY --from=layers /layers/application/ ./
COPY --from=training /tmp/profile-workflows.aot ./
COPY image/run.args /image/
# one pool for what native code allocates: several keep more than they need
ENV MALLOC_ARENA_MAX=1
# a number, so that Kubernetes can tell that it is not root
USER 10001:10001
EXPOSE 8080 8081
ENTRYPOINT ["java", "@/image/run.args"]
