# syntax=docker/dockerfile:1
# docker build -t profile-workflows .                           the service
# docker build -t profile-workflows-simulator --target simulator .   a simulated Customer Profiles, for docker-compose.yml

FROM maven:3.9-eclipse-temurin-25 AS build
WORKDIR /build
COPY pom.xml ./
COPY .mvn .mvn
RUN --mount=type=cache,target=/maven mvn -Dmaven.repo.local=/maven dependency:go-offline -q
COPY src src
# for the commit at /actuator/info; an archive of the sources has none, which the pattern allows
COPY .gi[t] .git/
RUN --mount=type=cache,target=/maven mvn -Dmaven.repo.local=/maven package -q -DskipTests

FROM build AS layers
RUN java -Djarmode=tools -jar target/profile-workflows.jar extract --layers --destination /layers

FROM build AS test-classpath
RUN --mount=type=cache,target=/maven \
	mvn -Dmaven.repo.local=/maven dependency:copy-dependencies -q -DincludeScope=test -DoutputDirectory=/classpath

FROM eclipse-temurin:25-jre AS simulator
WORKDIR /simulator
COPY --from=test-classpath /classpath lib
COPY --from=test-classpath /build/target/classes classes
COPY --from=test-classpath /build/target/test-classes test-classes
USER 10001:10001
EXPOSE 8090
ENTRYPOINT ["java", "-cp", "test-classes:classes:lib/*", "io.profileworkflows.LocalRun", "simulator", "--bind=0.0.0.0", "--port=8090"]

FROM eclipse-temurin:25-jre AS training
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

FROM eclipse-temurin:25-jre AS service
WORKDIR /application
# what changes seldom comes first, so that a release moves no more than the last two layers
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
